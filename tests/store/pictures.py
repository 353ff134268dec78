"""Pictures for tests, drawn by a formula: no two sizes alike, no file needed."""

import io
from pathlib import Path

from PIL import Image


def drawn(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A gradient with a red corner at the top left, so that turning shows."""
    image = Image.linear_gradient("L").resize((width, height)).convert(mode)
    corner = Image.new("RGB", (max(width // 8, 1), max(height // 8, 1)), "red").convert(mode)
    image.paste(corner, (0, 0))
    return image


def noise(width: int, height: int) -> Image.Image:
    """A picture that no codec can make small."""
    return Image.merge("RGB", [Image.effect_noise((width, height), 120) for _ in range(3)])


def saved(image: Image.Image, path: Path, form: str, **options: object) -> Path:
    """The picture as a file."""
    image.save(path, form, **options)
    return path


def jpeg_bytes(width: int = 64, height: int = 48) -> bytes:
    """A small JPEG."""
    file = io.BytesIO()
    drawn(width, height).save(file, "JPEG")
    return file.getvalue()

"""What becomes of a picture? One larger than a screen needs is scaled; thumbnails are made when asked for.

Pillow reads large JPEGs at a fraction of their size, so that an 80 MB photo never lies in memory whole.
What Pillow can't read, or only at a cost no laptop can bear, stays a file as it came.
"""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

LONG_EDGE = 2560
THUMB_EDGE = 256
_QUALITY = 88
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")  # MPO, two JPEGs in one, is found as JPEG
_LOSSY = ("JPEG", "MPO")
_PNG_MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")
_MOST_PIXELS = {"JPEG": 600_000_000, "MPO": 600_000_000}
_MOST_OTHER_PIXELS = 150_000_000
_LARGE_PNG = 4_000_000
_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Picture:
    """What kind of file it is; `scale` when it is a picture larger than we keep."""

    media_type: str
    is_picture: bool
    scale: bool = False


def look_at(path: Path, name: str) -> Picture:
    """What a file is: by its content if it is a picture, else by its name."""
    guessed = mimetypes.MimeTypes().guess_type(name)[0] or _UNKNOWN
    with _opened(path) as image:
        if image is None or image.format is None:
            return Picture(guessed, False)
        moves = image.format != "MPO" and getattr(image, "n_frames", 1) > 1
        too_many = image.width * image.height > _MOST_PIXELS.get(image.format, _MOST_OTHER_PIXELS)
        large = max(image.size) > LONG_EDGE and not moves and not too_many
        return Picture(_media_type(image.format), not too_many, large)


def _media_type(form: str) -> str:
    return "image/jpeg" if form in _LOSSY else f"image/{form.lower()}"


def scale(path: Path, target: Path) -> str | None:
    """Write the picture, upright and no longer than `LONG_EDGE`; its media type, None if it can't be read."""
    with _opened(path) as image:
        if image is None:
            return None
        lossy = image.format in _LOSSY
        made = _smaller(image, LONG_EDGE)
        if made is None:
            return None
        if not lossy:
            made = made if made.mode in _PNG_MODES else made.convert("RGB")
            made.save(target, "PNG")
            if target.stat().st_size <= _LARGE_PNG or _has_alpha(made):
                return "image/png"
        flat = made if made.mode in ("L", "RGB") else made.convert("RGB")
        profile = image.info.get("icc_profile") if flat is made else None
        extra = {"icc_profile": profile, "exif": _exif(made)}
        flat.save(target, "JPEG", quality=_QUALITY, **{key: value for key, value in extra.items() if value})
        return "image/jpeg"


def make_thumbnail(path: Path, target: Path) -> bool:
    """Write a thumbnail as JPEG; False when the file is no picture that can be read."""
    with _opened(path) as image:
        small = None if image is None else _smaller(image, THUMB_EDGE)
        if small is None:
            return False
        _flattened(small).save(target, "JPEG", quality=85)
        return True


@contextmanager
def _opened(path: Path) -> "Iterator[Image | None]":
    """The picture in a file, its pixels not read yet; None when there is none."""
    from PIL import Image, UnidentifiedImageError

    most, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None  # we have limits of our own
    try:
        image = Image.open(path, formats=_FORMATS)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        image = None
    finally:
        Image.MAX_IMAGE_PIXELS = most
    if image is None:
        yield None
        return
    with image:
        yield image


def _smaller(image: "Image", edge: int) -> "Image | None":
    """The picture upright and within `edge`; None when its pixels can't be read, all of them."""
    from PIL import Image, ImageFile, ImageOps

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # WeasyPrint sets it
    try:
        if image.mode == "P":
            image = image.convert("RGBA" if "transparency" in image.info else "RGB")
        image.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=3.0)
        return ImageOps.exif_transpose(image)
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError):
        return None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _has_alpha(image: "Image") -> bool:
    return image.mode in ("LA", "RGBA", "PA")


def _exif(image: "Image") -> bytes:
    """Time and place as the camera noted them; the thumbnail inside is left out."""
    exif = image.getexif()
    return exif.tobytes() if len(exif) else b""


def _flattened(image: "Image") -> "Image":
    from PIL import Image

    if not _has_alpha(image):
        return image if image.mode in ("L", "RGB") else image.convert("RGB")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image.convert("RGBA"), mask=image.convert("RGBA").getchannel("A"))
    return paper

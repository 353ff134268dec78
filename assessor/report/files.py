"""A file appears whole or not at all."""

import os
from pathlib import Path

from assessor.errors import refuse, system_reason


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the target, flush to disk, then put it in place; `UserError` when that fails."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        try:
            beside.unlink(missing_ok=True)
        except OSError:
            pass  # the folder itself may be gone or closed; the first error says so
        raise refuse("file-unwritable", str(path), reason=system_reason(error)) from error

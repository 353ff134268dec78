"""What is a file called that one saves, and where does it go unless the person says otherwise?"""

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from assessor.words import _

_FORBIDDEN = '\\/:*?"<>|'
_LONGEST = 60


def documents(otherwise: Path) -> Path:
    """The person's folder for documents; `otherwise` where the system has none."""
    places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(places[0]) if places and Path(places[0]).is_dir() else otherwise


def file_name(firm: str, *parts: str, ending: str) -> str:
    """A name every system takes: 某厂-诊断报告-2026-05-20.pdf."""
    texts = (firm[:_LONGEST] or _("企业"), *parts)
    clean = (
        "".join(char for char in text if char.isprintable() and char not in _FORBIDDEN) for text in texts
    )
    return "-".join(text.strip() for text in clean if text.strip()) + ending

"""What the window remembers: light or dark, which language, help folded or not, its size."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast, get_args

from PySide6.QtCore import QByteArray, QSettings

from assessor.gui.skin import Choice
from assessor.language import LANGUAGES, SOURCE, Language
from assessor.report.readers import Reader

FILE_NAME = "window.ini"


class Prefs:
    """A small file beside the data; when it can't be written nothing is said."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)

    @property
    def theme(self) -> Choice:
        """Light, dark, or as the system has it."""
        found = str(self._settings.value("theme", "system"))
        return cast(Choice, found) if found in get_args(Choice) else "system"

    @theme.setter
    def theme(self, choice: Choice) -> None:
        self._settings.setValue("theme", choice)

    @property
    def language(self) -> Language:
        """The language of the window."""
        found = str(self._settings.value("language", SOURCE))
        return next((one for one in LANGUAGES if one == found), SOURCE)

    @language.setter
    def language(self, wanted: Language) -> None:
        self._settings.setValue("language", wanted)

    @property
    def help(self) -> bool:
        """Whether the help is unfolded."""
        return str(self._settings.value("help", "true")).lower() != "false"

    @help.setter
    def help(self, wanted: bool) -> None:
        self._settings.setValue("help", wanted)

    @property
    def single(self) -> bool:
        """Whether one question at a time is on the screen, not a whole section."""
        return str(self._settings.value("single", "false")).lower() == "true"

    @single.setter
    def single(self, wanted: bool) -> None:
        self._settings.setValue("single", wanted)

    @property
    def guided(self) -> bool:
        """Whether the cards for the first self-assessment were read and closed."""
        return str(self._settings.value("guided", "false")).lower() == "true"

    @guided.setter
    def guided(self, done: bool) -> None:
        self._settings.setValue("guided", done)

    def visit_of(self, uid: str) -> tuple[int | None, list[str]]:
        """The visit an assessment is in: its minutes and questions; None and nothing when in no short one."""
        minutes, _, ids = str(self._settings.value(f"visit/{uid}", "")).partition(":")
        return (int(minutes), ids.split()) if minutes.isdecimal() else (None, [])

    def note_visit(self, uid: str, minutes: int | None, ids: Sequence[str]) -> None:
        """Remember the visit, or that it is over."""
        if minutes is None:
            self._settings.remove(f"visit/{uid}")
        else:
            self._settings.setValue(f"visit/{uid}", f"{minutes}:{' '.join(ids)}")

    @property
    def no_backup_on(self) -> str:
        """The day, such as 2026-05-20, on which the person wants no word about backups."""
        return str(self._settings.value("no-backup-on", ""))

    @no_backup_on.setter
    def no_backup_on(self, day: str) -> None:
        self._settings.setValue("no-backup-on", day)

    @property
    def place(self) -> QByteArray:
        """Size and position, as Qt packs them; empty at first."""
        found = self._settings.value("place")
        return found if isinstance(found, QByteArray) else QByteArray()

    @place.setter
    def place(self, packed: QByteArray) -> None:
        self._settings.setValue("place", packed)

    @property
    def camera(self) -> Path | None:
        """The folder that the camera or phone fills, once one was chosen."""
        found = str(self._settings.value("camera", ""))
        return Path(found) if found else None

    @camera.setter
    def camera(self, folder: Path | None) -> None:
        self._settings.setValue("camera", str(folder) if folder else "")

    @property
    def report_reader(self) -> Reader:
        """Whom the last report was for."""
        found = str(self._settings.value("report/reader", "plant"))
        return cast(Reader, found) if found in get_args(Reader) else "plant"

    @report_reader.setter
    def report_reader(self, reader: Reader) -> None:
        self._settings.setValue("report/reader", reader)

    @property
    def report_template(self) -> Path | None:
        """The Word template of one's own, while it is in use."""
        found = str(self._settings.value("report/template", ""))
        return Path(found) if found else None

    @report_template.setter
    def report_template(self, path: Path | None) -> None:
        self._settings.setValue("report/template", str(path) if path else "")

    def has_consent(self, uid: str) -> bool:
        """Whether it was ticked, for an assessment, that people agreed to be in pictures."""
        return str(self._settings.value(f"consent/{uid}", "")).lower() == "true"

    def note_consent(self, uid: str, given: bool) -> None:
        """Remember the tick."""
        self._settings.setValue(f"consent/{uid}", given)

    def flush(self) -> None:
        """Write it down."""
        self._settings.sync()

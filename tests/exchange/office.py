"""LibreOffice without a screen: the other implementation that has to agree with us.

Its profile is told to calculate every formula anew when it opens a file, so that stored results are
never what a test sees.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
needed = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")

_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


class Office:
    """One profile for a whole test run: the first start is the slow one."""

    def __init__(self, folder: Path) -> None:
        self._profile = folder / "profile"
        (self._profile / "user").mkdir(parents=True)
        (self._profile / "user/registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
        self._out = folder / "out"

    def convert(self, *files: Path, to: str = "xlsx") -> list[Path]:
        """The files as LibreOffice saves them, in a folder of their own."""
        assert PROGRAM is not None
        self._out = self._out.with_name(self._out.name + "_")
        command = [
            PROGRAM,
            f"-env:UserInstallation={self._profile.as_uri()}",
            *("--headless", "--convert-to", to, "--outdir", str(self._out)),
            *map(str, files),
        ]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
        found = [self._out / f"{file.stem}.{to}" for file in files]
        assert all(path.exists() for path in found), ran.stdout + ran.stderr
        return found

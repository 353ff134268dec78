"""What this machine has and lacks."""

import os
import platform
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata

from assessor import __version__
from assessor.commands import APP, Places, list_packs
from assessor.words import _


@dataclass(frozen=True, slots=True)
class Check:
    """One line of `doctor`."""

    what: str
    found: str
    good: bool


def doctor(here: Places) -> Sequence[Check]:
    """What this machine has and lacks."""
    checks = [
        Check(_("程序版本"), f"{APP} {__version__}", True),
        Check(
            "Python",
            _("{python_version}（{executable}）").format(
                python_version=platform.python_version(), executable=sys.executable
            ),
            sys.version_info >= (3, 11),
        ),
        Check(_("系统"), platform.platform(), True),
        *[_package(name) for name in ("pyside6-essentials", "weasyprint", "sqlite-utils", "numpy")],
        _pdf_engine(),
        _data_folder(here),
    ]
    for info in list_packs(here):
        found = _("{version}，{questions} 题，{faults} 处错误").format(
            version=info.version, questions=info.questions, faults=info.faults
        )
        checks.append(Check(_("诊断包 {id}").format(id=info.id), found, info.faults == 0))
    return checks


def _package(name: str) -> Check:
    try:
        return Check(name, metadata.version(name), True)
    except metadata.PackageNotFoundError:
        return Check(name, _("没有安装"), False)


def _pdf_engine() -> Check:
    try:
        from weasyprint.text.ffi import pango
    except OSError as error:
        return Check(_("PDF 组件（Pango）"), str(error).splitlines()[0], False)
    return Check(_("PDF 组件（Pango）"), str(pango.pango_version()), True)


def _data_folder(here: Places) -> Check:
    folder = next((path for path in (here.data, *here.data.parents) if path.exists()), here.data)
    free = shutil.disk_usage(folder).free // 2**20
    writable = folder.is_dir() and os.access(folder, os.W_OK)
    found = _("{data}，剩余 {free} MB").format(data=here.data, free=free) + (
        "" if writable else _("，不可写")
    )
    return Check(_("数据文件夹"), found, writable and free > 100)

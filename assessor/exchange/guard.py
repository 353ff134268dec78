"""Are these bytes a workbook that may be opened? Looked at before any library touches them.

Nothing is run, fetched or followed. What is inflated is bounded, and a part whose checksum is wrong is
refused. A sheet that would make a fast reader take up gigabytes is not refused but marked: the careful
reader takes it.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.parsers import expat

from assessor.errors import Problem
from assessor.exchange import labels
from assessor.words import _

NEVER_READ = (labels.CALC, labels.LISTS, labels.SCORE, labels.VERDICT, labels.ROADMAP)
"""Sheets of results and drop-downs: nothing that stands there is believed."""
MOST_BYTES = 20 * 2**20
MOST_INFLATED = 50 * 2**20
MOST_PARTS = 2000
_RATIO, _SLACK = 200, 2**20
_HEAVY_PART = 4 * 2**20
_HEAVY_STRINGS = 2 * 2**20

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_KINDS = (
    (b"%PDF", "PDF 文件"),
    (b"{\\rtf", "RTF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"MZ", "程序文件"),
)
_DANGERS = (
    (re.compile(r"vbaproject", re.I), "宏"),
    (re.compile(r"(^|/)activex/", re.I), "控件"),
    (re.compile(r"(^|/)externallinks/", re.I), "指向别的文件的链接"),
    (re.compile(r"(^|/)(connections\.xml|querytables/)", re.I), "外部数据连接"),
    (re.compile(r"(^|/)macrosheets/", re.I), "宏表"),
)
_NEEDED = re.compile(r"\.(xml|rels)$", re.I)
_SHEET = re.compile(r"(^|/)worksheets/[^/]+\.xml$", re.I)
_FAR = re.compile(rb'r="(?:[A-Z]{3,}\d|[D-Z][A-Z]\d|[A-Z]*([5-9]\d{3}|\d{5,})")')


@dataclass(frozen=True)
class SheetPart:
    """A sheet of the workbook: its name, and the part that holds it."""

    name: str
    path: str


@dataclass
class Package:
    """What was found. `parts` are the inflated XML parts; `heavy` those for the careful reader."""

    name: str
    data: bytes
    problems: list[Problem] = field(default_factory=list)
    parts: dict[str, bytes] = field(default_factory=dict)
    sheets: list[SheetPart] = field(default_factory=list)
    heavy: set[str] = field(default_factory=set)
    date1904: bool = False

    def refuse(self, code: str, **values: object) -> None:
        """Note a problem, once."""
        problem = Problem(code, self.name, values)
        if str(problem) not in map(str, self.problems):
            self.problems.append(problem)


def guard(data: bytes, name: str) -> list[Problem]:
    """Everything that speaks against opening these bytes; an empty list for a sound workbook."""
    return open_package(data, name).problems


def open_package(data: bytes, name: str) -> Package:
    """The parts of a workbook, or the problems that forbid to open it."""
    package = Package(name, data)
    if not data:
        package.refuse("workbook-empty")
    elif len(data) > MOST_BYTES:
        package.refuse("workbook-too-big", size=_mb(len(data)), most=_mb(MOST_BYTES))
    elif data.startswith(_OLE):
        _old_format(package)
    elif not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        package.refuse("workbook-not", what=_kind_of(data))
    else:
        _unpack(package)
    return package


def _old_format(package: Package) -> None:
    """The container of old files, in which new ones lie when they need a password."""
    if _ENCRYPTED in package.data:
        package.refuse("workbook-encrypted")
    else:
        package.refuse("workbook-old", what=_("旧格式（.xls、.et 或 .doc）"))


def _mb(size: int) -> str:
    return f"{size / 2**20:.0f} MB"


def _kind_of(data: bytes) -> str:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for sign, kind in _KINDS:
        if data.startswith(sign):
            return kind
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")) or b"<html" in head:
        return _("网页")
    if head.startswith(b"<?xml"):
        return _("XML 文件")
    if b"\x00" not in data[:2048]:
        return _("文本文件（如 CSV）")
    return _("别的文件")


def _unpack(package: Package) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(package.data)) as archive:
            entries = archive.infolist()
            _directory(package, entries)
            if not package.problems:
                _inflate(package, archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as error:
        package.refuse("workbook-damaged", reason=_reason(error))
    except (RuntimeError, OverflowError, MemoryError) as error:
        package.refuse("workbook-damaged", reason=_reason(error))
    if not package.problems:
        _look_inside(package)


def _reason(error: Exception) -> str:
    text = str(error)
    if "CRC" in text:
        return _("校验和不对，有内容在传输中变了")
    return _("不完整，可能没有传完") if "zip" in text.lower() or not text else _("内部结构读不出")


def _directory(package: Package, entries: list[zipfile.ZipInfo]) -> None:
    """What the table of contents alone tells."""
    names = [normal(entry.filename) for entry in entries]
    if len(names) > MOST_PARTS:
        package.refuse("workbook-bomb", reason=_("里面有 {count} 个文件").format(count=len(names)))
    if len(set(names)) < len(names):
        package.refuse("workbook-damaged", reason=_("同一个部件出现两次"))
    if any(entry.flag_bits & 1 for entry in entries):
        package.refuse("workbook-encrypted")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        package.refuse("workbook-damaged", reason=_("用了少见的压缩方式"))
    inflated = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if inflated > MOST_INFLATED or inflated > _RATIO * packed + _SLACK:
        package.refuse(
            "workbook-bomb",
            reason=_("{mb} 会变成 {mb2}").format(mb=_mb(len(package.data)), mb2=_mb(inflated)),
        )
    _not_a_workbook(package, set(names))
    for pattern, what in _DANGERS:
        if any(pattern.search(name) for name in names):
            package.refuse("workbook-unsafe", what=_(what))


def normal(name: str) -> str:
    """A part's name as it is compared: forward slashes, no leading one, lower case."""
    return name.replace("\\", "/").lstrip("/").lower()


def _not_a_workbook(package: Package, names: set[str]) -> None:
    if "mimetype" in names:
        package.refuse("workbook-old", what=_("OpenDocument 文件（.ods）"))
    elif any(name.startswith("word/") for name in names):
        package.refuse("workbook-not", what=_("Word 文档"))
    elif any(name.startswith("ppt/") for name in names):
        package.refuse("workbook-not", what=_("演示文稿"))
    elif any(name.endswith(".bin") and "workbook" in name for name in names):
        package.refuse("workbook-old", what=_("二进制格式（.xlsb）"))
    elif not any(name.endswith("workbook.xml") for name in names):
        package.refuse("workbook-not", what=_("压缩包"))


def _inflate(package: Package, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """The XML parts, each no longer than declared, with its checksum proved."""
    for entry in entries:
        if _NEEDED.search(entry.filename):
            package.parts[normal(entry.filename)] = archive.read(entry)


def _look_inside(package: Package) -> None:
    for path, xml in package.parts.items():
        if xml[:2] in (b"\xff\xfe", b"\xfe\xff") or xml[:4].count(b"\x00"):
            package.refuse("workbook-damaged", reason=_("文字编码不是 UTF-8"))
        elif b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            package.refuse("workbook-unsafe", what=_("实体定义"))
        elif path.endswith(".rels"):
            _relations(package, xml)
    if not package.problems:
        _find_sheets(package)
    if not package.problems:
        _well_formed(package)
    if not package.problems:
        package.heavy |= set(_heavy(package))


def _well_formed(package: Package) -> None:
    """A fast reader takes what it finds in broken XML; here every sheet has to be whole."""
    names = {
        sheet.path: _("工作表“{name}”").format(name=sheet.name)
        for sheet in package.sheets
        if sheet.name not in NEVER_READ
    }
    names |= {path: _("文字表") for path in package.parts if path.endswith("sharedstrings.xml")}
    for path, name in names.items():
        try:
            expat.ParserCreate().Parse(package.parts[path], True)
        except (expat.ExpatError, ValueError, LookupError):
            package.refuse("workbook-damaged", reason=_("{name}不完整").format(name=name))


def _relations(package: Package, xml: bytes) -> None:
    """Links that lead out of the file; those that a person clicks are harmless."""
    for relation in _elements(package, xml, "Relationship"):
        outside = relation.get("TargetMode") == "External"
        if outside and not relation.get("Type", "").endswith("/hyperlink"):
            package.refuse("workbook-unsafe", what=_("指向别的文件的链接"))
            return


def _elements(package: Package, xml: bytes, name: str) -> list[ElementTree.Element]:
    root = parsed(xml)
    if root is None:
        package.refuse("workbook-damaged", reason=_("内部结构读不出"))
        return []
    return [element for element in root.iter() if local(element.tag) == name]


def parsed(xml: bytes) -> ElementTree.Element | None:
    """The root of a part, None when it can't be read; it has no entities by now."""
    try:
        return ElementTree.fromstring(xml)
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError):
        return None


def local(tag: object) -> str:
    """An element's name without its name space."""
    return str(tag).rpartition("}")[2]


def _find_sheets(package: Package) -> None:
    path = next((name for name in package.parts if name.endswith("workbook.xml")), "")
    folder, _slash, file = path.rpartition("/")
    relations = package.parts.get(f"{folder}/_rels/{file}.rels".lstrip("/"), b"<none/>")
    targets = {
        relation.get("Id", ""): _resolved(folder, relation.get("Target", ""))
        for relation in _elements(package, relations, "Relationship")
    }
    for sheet in _elements(package, package.parts[path], "sheet"):
        key = next((value for name, value in sheet.items() if local(name) == "id"), "")
        target = targets.get(key, "")
        if _SHEET.search(target) and target in package.parts:
            package.sheets.append(SheetPart(sheet.get("name", ""), target))
    if not package.sheets and not package.problems:
        package.refuse("workbook-damaged", reason=_("找不到工作表"))
    for settings in _elements(package, package.parts[path], "workbookPr"):
        package.date1904 = settings.get("date1904") in ("1", "true")


def _resolved(folder: str, target: str) -> str:
    if target.startswith(("/", "\\")):
        return normal(target)
    steps = normal(folder).split("/") if folder else []
    for step in normal(target).split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _heavy(package: Package) -> Iterator[str]:
    """Sheets that a fast reader should not be given: far cells, cells without address, huge texts."""
    strings = next((xml for name, xml in package.parts.items() if name.endswith("sharedstrings.xml")), b"")
    for sheet in package.sheets:
        if sheet.name in NEVER_READ:
            continue
        xml = package.parts[sheet.path]
        large = len(strings) > _HEAVY_STRINGS or len(xml) > _HEAVY_PART
        if large or _FAR.search(xml) or _unaddressed(xml):
            yield sheet.path


def _unaddressed(xml: bytes) -> bool:
    """Whether cells may lack their address, or be written with a prefix."""
    return b"<c>" in xml or b":c " in xml or xml.count(b"<c ") != xml.count(b'<c r="')

"""Bytes are looked at before any library opens them: what is refused, and that nothing crashes."""

import io
import re
import struct
import zipfile
from collections.abc import Callable

import numpy as np
import pytest

from assessor.exchange.guard import guard, open_package
from assessor.pack.model import Pack
from tests.exchange.hand import read

Parts = dict[str, bytes]


def parts(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(found: Parts, kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    found = parts(data)
    before = found[name]
    found[name] = change(before)
    assert found[name] != before
    return packed(found)


STATES = ("accepted", "repaired", "flagged", "quarantined")
SHEET = "xl/worksheets/sheet2.xml"


def codes(data: bytes) -> list[str]:
    return [problem.code for problem in guard(data, "问卷.xlsx")]


def test_a_sound_workbook__passes(blank: bytes) -> None:
    assert codes(blank) == []
    assert codes(packed(parts(blank), zipfile.ZIP_STORED)) == []


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"", "workbook-empty", "空"),
        (OLE, "workbook-old", "旧格式"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "workbook-encrypted", "密码"),
        (b"%PDF-1.7 ...", "workbook-not", "PDF"),
        (b"<!DOCTYPE html><html><table>", "workbook-not", "网页"),
        ("﻿<html xmlns:x='urn'>".encode(), "workbook-not", "网页"),
        ("编号,答案\n1,2\n".encode("gbk"), "workbook-not", "文本"),
        ("编号,答案\n1,2\n".encode(), "workbook-not", "文本"),
        (b"\x89PNG\r\n", "workbook-not", "图片"),
        (b"Rar!\x1a\x07", "workbook-not", "RAR"),
        (b"\x00\x01\x02\x03" * 9, "workbook-not", "别的"),
        (b"PK\x03\x04 no archive", "workbook-damaged", "损坏"),
        (packed({"a.txt": b"x"}), "workbook-not", "压缩包"),
        (packed({"word/document.xml": b"<x/>"}), "workbook-not", "Word"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "workbook-old", "ods"),
        (packed({"xl/workbook.bin": b"x"}), "workbook-old", "xlsb"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_workbook__is_named(data: bytes, code: str, word: str) -> None:
    (problem,) = guard(data, "问卷.xlsx")
    assert problem.code == code
    assert word in str(problem)
    assert problem.where == "问卷.xlsx"


@pytest.mark.parametrize(
    ("part", "content", "word"),
    [
        ("xl/vbaProject.bin", b"x", "宏"),
        ("xl/activeX/activeX1.xml", b"<x/>", "控件"),
        ("xl/externalLinks/externalLink1.xml", b"<x/>", "链接"),
        ("xl/connections.xml", b"<x/>", "数据连接"),
        ("xl/macrosheets/sheet1.xml", b"<x/>", "宏表"),
    ],
)
def test_what_could_run_or_fetch__is_refused(blank: bytes, part: str, content: bytes, word: str) -> None:
    (problem,) = guard(packed({**parts(blank), part: content}), "x")
    assert problem.code == "workbook-unsafe"
    assert word in problem.what


def relation(kind: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://x/relationships/{kind}" Target="http://evil" '
        'TargetMode="External"/></Relationships>'
    ).encode()


def test_links_a_person_clicks__are_harmless_and_others_are_not(blank: bytes) -> None:
    found = parts(blank)
    place = "xl/worksheets/_rels/sheet2.xml.rels"
    assert codes(packed({**found, place: relation("hyperlink")})) == []
    assert codes(packed({**found, place: relation("image")})) == ["workbook-unsafe"]
    assert codes(packed({**found, place: relation("attachedTemplate")})) == ["workbook-unsafe"]


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "docProps/custom.xml"])
def test_entities__are_refused_wherever_they_are(blank: bytes, part: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    assert codes(changed(blank, part, lambda xml: xml.replace(b"?>", b"?>" + bomb, 1))) == ["workbook-unsafe"]


def test_a_zip_bomb__is_refused_without_being_inflated(blank: bytes) -> None:
    found = {**parts(blank), "xl/media/image1.png": b"\x00" * (60 * 2**20)}
    assert codes(packed(found)) == ["workbook-bomb"]
    assert codes(packed({**parts(blank), "xl/a.xml": b" " * (40 * 2**20)})) == ["workbook-bomb"]
    assert codes(packed({**parts(blank), **{f"a{n}": b"" for n in range(3000)}})) == ["workbook-bomb"]


def lying(data: bytes, name: str) -> bytes:
    """The archive with a part that says it is one byte long."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        offset = archive.getinfo(name).header_offset
    raw = bytearray(data)
    raw[offset + 22 : offset + 26] = struct.pack("<I", 1)
    at = raw.rfind(b"PK\x01\x02", 0, raw.rfind(name.encode()))
    raw[at + 24 : at + 28] = struct.pack("<I", 1)
    return bytes(raw)


def test_a_part_that_lies_about_its_size__is_refused(blank: bytes) -> None:
    found = {**parts(blank), "xl/bomb.xml": b"<x>" + b" " * (30 * 2**20)}
    assert codes(lying(packed(found), "xl/bomb.xml")) == ["workbook-damaged"]


def test_encrypted_and_oddly_packed_parts__are_refused(blank: bytes) -> None:
    raw = bytearray(blank)
    at = raw.find(b"PK\x01\x02")
    raw[at + 8] |= 1
    assert codes(bytes(raw)) == ["workbook-encrypted"]
    assert codes(packed(parts(blank), zipfile.ZIP_BZIP2)) == ["workbook-damaged"]


def test_one_bit_that_flipped__is_noticed(blank: bytes) -> None:
    stored = packed(parts(blank), zipfile.ZIP_STORED)
    at = stored.find(b"<sheetData>", stored.find(SHEET.encode())) + 200
    broken = bytearray(stored)
    broken[at] ^= 1
    (problem,) = guard(bytes(broken), "x")
    assert (problem.code, "校验" in problem.what) == ("workbook-damaged", True)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.99])
def test_a_truncated_file__is_damaged(blank: bytes, share: float) -> None:
    assert codes(blank[: int(len(blank) * share)]) == ["workbook-damaged"]


def test_broken_xml_and_other_encodings__are_damaged(sample: Pack, blank: bytes) -> None:
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        assert codes(changed(blank, part, lambda xml: xml[:-20])) == ["workbook-damaged"]
    utf16 = changed(blank, SHEET, lambda xml: xml.decode().encode("utf-16"))
    assert codes(utf16) == ["workbook-damaged"]
    for share in (0.2, 0.5, 0.99):
        cut = read(changed(blank, SHEET, lambda xml, to=share: xml[: int(len(xml) * to)]), sample)
        assert (cut.state, cut.faults[0].code) == ("quarantined", "workbook-damaged")
    crossed = changed(blank, SHEET, lambda xml: xml.replace(b"</row>", b"</rwo>", 1))
    assert read(crossed, sample).state == "quarantined"


def test_backslashes_in_names__are_read_as_strokes(sample: Pack, blank: bytes) -> None:
    assert codes(packed({name.replace("/", "\\"): content for name, content in parts(blank).items()})) == []


FAR = {
    "far corner": (b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    "far row": (b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'),
    "far column": (b"</sheetData>", b'<row r="999"><c r="XFD999"><v>1</v></c></row></sheetData>'),
    "row that lies": (b"</sheetData>", b'<row r="999"><c r="A999999"><v>1</v></c></row></sheetData>'),
    "other quotes": (b"</sheetData>", b"<row r='9'><c r='XFD1048576'><v>1</v></c></row></sheetData>"),
}


@pytest.mark.parametrize("name", FAR)
def test_a_stray_cell_far_away__goes_to_the_careful_reader(sample: Pack, blank: bytes, name: str) -> None:
    old, new = FAR[name]
    data = changed(blank, SHEET, lambda xml: xml.replace(old, new))
    assert codes(data) == []
    assert SHEET in open_package(data, "x").heavy
    found = read(data, sample)
    assert (found.state, [notice.code for notice in found.notices]) == ("accepted", ["cell-far"])


def test_many_styled_blank_rows__are_nothing_special(sample: Pack, blank: bytes) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(900, 20_900))
    data = changed(blank, SHEET, lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))
    found = read(data, sample)
    assert (found.state, found.notices) == ("accepted", ())


def test_one_huge_text_in_many_cells__takes_no_memory(sample: Pack, blank: bytes) -> None:
    resource = pytest.importorskip("resource")
    found = parts(blank)
    count = found["xl/sharedStrings.xml"].count(b"<si>")
    noise = np.random.default_rng(1).bytes(3 * 2**19).hex().encode()
    found["xl/sharedStrings.xml"] = found["xl/sharedStrings.xml"].replace(
        b"</sst>", b"<si><t>" + noise + b"</t></si></sst>"
    )
    row = b'<row r="%d"><c r="A%d" t="s"><v>%d</v></c></row>'
    cells = b"".join(row % (n, n, count) for n in range(900, 4900))
    found[SHEET] = found[SHEET].replace(b"</sheetData>", cells + b"</sheetData>")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read(packed(found), sample).state == "accepted"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_bytes_bent_at_random__never_raise(sample: Pack, blank: bytes) -> None:
    chance = np.random.default_rng(20260520)
    for _ in range(150):
        bent = bytearray(blank)
        for _ in range(chance.choice([1, 3, 30])):
            bent[chance.integers(len(bent))] = chance.integers(256)
        start = chance.integers(len(bent))
        if chance.random() < 0.3:
            del bent[start : start + chance.integers(1, 2000)]
        assert read(bytes(bent), sample).state in STATES


def test_parts_bent_at_random__never_raise(sample: Pack, blank: bytes) -> None:
    chance, sound = np.random.default_rng(7), parts(blank)
    names = [name for name in sound if re.search(r"sheet\d|workbook|sharedStrings|styles|custom", name)]
    signs = b'<>/"=rst019AZ& '
    for _ in range(400):
        bent = dict(sound)
        name = names[chance.integers(len(names))]
        xml = bytearray(bent[name])
        for _ in range(chance.choice([1, 2, 8])):
            at = int(chance.integers(len(xml)))
            new = bytes(signs[k] for k in chance.integers(len(signs), size=2))
            xml[at : at + int(chance.integers(4))] = new
        bent[name] = bytes(xml)
        assert read(packed(bent), sample).state in STATES

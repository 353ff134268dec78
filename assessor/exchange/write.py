"""From an assessment (or nothing, for a template) to a workbook that scores itself.

XlsxWriter writes it, because it alone stores a formula's result beside the formula: viewers that do
not calculate show figures too. Same input, same bytes.
"""

import io
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from assessor import __version__
from assessor.answers.model import Answers
from assessor.diagnosis import diagnose
from assessor.errors import refuse, system_reason
from assessor.exchange import labels
from assessor.exchange.codec import text_cell_of
from assessor.exchange.entries import Stamps, contents_of
from assessor.exchange.layout import Layout, layout_of
from assessor.exchange.pen import Pen, write_calc, write_lists
from assessor.exchange.sight import Sight
from assessor.exchange.style import Styles
from assessor.exchange.write_cover import write_cover
from assessor.exchange.write_questions import write_questions
from assessor.exchange.write_roadmap import PlanSheet, write_roadmap
from assessor.exchange.write_score import score_terms, write_score
from assessor.exchange.write_tables import write_table
from assessor.exchange.write_verdict import write_verdict
from assessor.pack.model import Pack

_BORN = datetime(2000, 1, 1)  # noqa: DTZ001  # the format knows no zone; any fixed moment will do


def write_workbook(
    path: Path,
    pack: Pack,
    answers: Answers | None,
    *,
    digest: str,
    uid: str = "",
    stamps: Stamps | None = None,
    plan: PlanSheet | None = None,
) -> None:
    """Write the workbook of an assessment, or the blank one; it appears whole or not at all."""
    put_file(path, workbook_bytes(pack, answers, digest=digest, uid=uid, stamps=stamps, plan=plan))


def put_file(path: Path, data: bytes) -> None:
    """Write a file, which appears whole or not at all; `UserError` when it can't be written."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise refuse("file-unwritable", str(path), reason=system_reason(error)) from error


def workbook_bytes(
    pack: Pack,
    answers: Answers | None,
    *,
    digest: str,
    uid: str = "",
    stamps: Stamps | None = None,
    plan: PlanSheet | None = None,
) -> bytes:
    """The same as bytes. `digest` is that of the pack the assessment was made with; `plan` its roadmap."""
    import xlsxwriter

    given = answers or Answers(pack.id, pack.version, {}, {})
    layout = layout_of(pack)
    contents = contents_of(layout.book, given, stamps or {})
    buffer = io.BytesIO()
    xlsx = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False})
    sight = Sight(layout, contents, given)
    pen = Pen(xlsx, Styles(xlsx), layout, contents, sight, diagnose(pack, given))
    _write(pen, plan)
    _identity(pen, digest, uid)
    xlsx.close()
    return buffer.getvalue()


def _write(pen: Pen, plan: PlanSheet | None) -> None:
    """All sheets; those that formulas lean on come last, when all formulas are known."""
    _add_sheets(pen.xlsx, pen.layout, [labels.ROADMAP] if plan else [])
    write_cover(pen)
    for sheet in pen.book.sheets:
        write_questions(pen, sheet)
    for table in pen.book.tables:
        write_table(pen, table)
    scored = score_terms(pen)
    write_score(pen, scored)
    write_verdict(pen, scored)
    if plan is not None:
        write_roadmap(pen, plan)
    write_lists(pen)
    write_calc(pen)


def _add_sheets(xlsx: Any, layout: Layout, more: Sequence[str]) -> None:
    book = layout.book
    names = [labels.COVER, *(sheet.name for sheet in book.sheets), *(table.name for table in book.tables)]
    for name in (*names, labels.SCORE, labels.VERDICT, *more, labels.LISTS, labels.CALC, labels.META):
        xlsx.add_worksheet(name)
    xlsx.get_worksheet_by_name(labels.COVER).activate()


def _identity(pen: Pen, digest: str, uid: str) -> None:
    """Who the workbook is, twice: on a hidden sheet and as document properties, always as text."""
    pack = pen.book.pack
    identity = {
        "format": labels.FORMAT,
        "schema": labels.SCHEMA,
        "pack": pack.id,
        "version": pack.version,
        "digest": digest,
        "uid": uid,
    }
    sheet = pen.xlsx.get_worksheet_by_name(labels.META)
    plain = pen.styles.make(num_format="@")
    kept = text_cell_of(pen.contents.kept, "kept")
    for row, (key, value) in enumerate({**identity, "program": __version__, "kept": kept}.items()):
        sheet.write_string(row, 0, key, plain)
        sheet.write_string(row, 1, value, plain)
    for key, value in identity.items():
        if value:
            pen.xlsx.set_custom_property(f"{labels.PROPERTY}{key}", value, "text")
    sheet.very_hidden()
    sheet.protect("", {})
    pen.xlsx.set_properties(
        {"title": pack.manifest.title, "author": pack.manifest.provider, "created": _BORN}
    )

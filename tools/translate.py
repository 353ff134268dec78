"""How does a Chinese text get its English? Finds every text, keeps the catalogue, compiles it.

    python tools/translate.py

Reads the texts out of the program, the templates and the packs, brings `assessor/locale/en.po` up to date
(new texts with an empty translation, unused ones dropped), writes `en.mo` beside it and prints what is
still without English. Write the English into the .po file and run it again.

What counts as a text:

- what stands in `_("…")`, in Python and in templates;
- Chinese in a table at the top of a module or class: it is looked up there and put through `_` where shown;
- units, processes, heads of columns in the packs, and what models say, where there is no `_en` field.

Workbooks are left out: what a firm or an author fills in and the reader looks for is Chinese in every
language. So is what an agency publishes.
"""

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "assessor" / "locale"
CHINESE = re.compile("[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]")

_NOT_SAID = {
    *("answers/value.py", "exchange/clean.py", "exchange/labels.py", "exchange/read_answers.py"),
    *("exchange/read_tables.py", "exchange/sheet.py", "exchange/steps.py", "exchange/validation.py"),
    *(
        "commands/plan_sheet.py",
        "language.py",
        "pack/expression.py",
        "report/charts/svg.py",
        "report/context_lists.py",
        "report/context_projects.py",
        "report/context_survey.py",
        "report/docx/fields.py",
        "report/docx/styles.py",
    ),
    *("report/spacing.py", "report/wording.py", "scoring/papers.py", "store/parts.py"),
}
"""Modules whose tables are no texts for the screen: words of the workbook, fields of Word, letters."""
_CHINESE_ALONE = ("aggregate/", "exchange/authoring/", "gui/shots/")
"""What the agency publishes and what authors fill in."""
_PACK_WORDS = ("unit", "process", "short", "label")
_MODEL_WORDS = (*_PACK_WORDS, "title", "says", "note", "near", "granted_by", "item", "proves")
_STAMP = datetime(2026, 1, 1, tzinfo=UTC)
"""The same texts give the same file."""


def messages() -> dict[str, list[str]]:
    """Every text with the files it stands in."""
    found: dict[str, list[str]] = {}
    for place, text in (*_of_python(), *_of_templates(), *_of_packs()):
        if text and place not in found.setdefault(text, []):
            found[text].append(place)
    return found


def _of_python() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "assessor").rglob("*.py")):
        place = file.relative_to(ROOT).as_posix()
        tree = ast.parse(file.read_text(encoding="utf-8"))
        yield from ((place, text) for text in _marked(tree))
        inside = place.removeprefix("assessor/")
        if inside not in _NOT_SAID and not inside.startswith(_CHINESE_ALONE) and file.name[:6] != "write_":
            yield from ((place, text) for text in _in_tables(tree))


def _marked(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            [text, *_rest] = node.args
            if isinstance(text, ast.Constant):
                yield text.value


def _in_tables(tree: ast.Module) -> Iterator[str]:
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    for step in (step for body in bodies for step in body):
        if isinstance(step, ast.Assign | ast.AnnAssign) and step.value is not None:
            yield from (text for text in _constants(step.value) if CHINESE.search(text))


def _constants(value: ast.AST) -> Iterator[str]:
    if isinstance(value, ast.JoinedStr | ast.Call) and _is_pattern(value):
        return
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    for inner in ast.iter_child_nodes(value):
        yield from _constants(inner)


def _is_pattern(value: ast.AST) -> bool:
    called = value.func if isinstance(value, ast.Call) else None
    return isinstance(value, ast.JoinedStr) or (
        isinstance(called, ast.Attribute) and called.attr == "compile"
    )


def _of_templates() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "reports" / "pages").glob("*.html")):
        with file.open("rb") as source:
            for _line, text, _comments, _context in extract("jinja2.ext:babel_extract", source, {"_": None}):
                yield file.relative_to(ROOT).as_posix(), text if isinstance(text, str) else text[0]


def _of_packs() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "questionnaires").rglob("*.yaml")):
        if "schema" in file.parts:
            continue
        place = f"questionnaires/{file.relative_to(ROOT / 'questionnaires').parts[0]}"
        loaded = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        names = _MODEL_WORDS if file.parent.name == "models" else _PACK_WORDS
        yield from ((place, text) for text in _pack_words(loaded, names))


def _pack_words(value: Any, names: Sequence[str]) -> Iterator[str]:
    if isinstance(value, dict):
        words = [value.get(name) for name in names if f"{name}_en" not in value]
        words += [one.get("title") for one in value.get("columns", ()) if isinstance(one, dict)]
        yield from (word for word in words if isinstance(word, str) and CHINESE.search(word))
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in inner:
        yield from _pack_words(part, names)


def catalogue(language: str = "en") -> Catalog:
    """The catalogue as it is kept."""
    with (LOCALE / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def renewed(old: Catalog, found: dict[str, list[str]]) -> Catalog:
    """The catalogue of exactly these texts, with the translations there are."""
    new = Catalog(
        locale=old.locale, project="assessor", creation_date=_STAMP, revision_date=_STAMP, fuzzy=False
    )
    for text, places in found.items():
        kept = old.get(text)
        new.add(text, kept.string if kept else "", locations=[(place, None) for place in places])
    return new


def po_bytes(new: Catalog) -> bytes:
    """The catalogue as it is written down."""
    buffer = BytesIO()
    write_po(buffer, new, width=110, sort_output=True, include_lineno=False)
    return buffer.getvalue()


def mo_bytes(new: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    buffer = BytesIO()
    write_mo(buffer, new)
    return buffer.getvalue()


def untranslated(new: Catalog) -> list[str]:
    """The texts without English."""
    return [message.id for message in new if message.id and not message.string]


def main() -> int:
    """Bring the catalogue up to date; 1 while a text lacks its English."""
    new = renewed(catalogue(), messages())
    (LOCALE / "en.po").write_bytes(po_bytes(new))
    (LOCALE / "en.mo").write_bytes(mo_bytes(new))
    missing = untranslated(new)
    for text in missing:
        print(f"no English yet: {text!r}")
    print(f"{len(new)} texts, {len(missing)} without English")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

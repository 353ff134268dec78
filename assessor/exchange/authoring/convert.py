"""A pack folder → workbook, and a workbook → pack folder that the pack check has passed."""

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assessor.errors import Problem, UserError, refuse
from assessor.exchange.authoring import names
from assessor.exchange.authoring.book import Sheet, book
from assessor.exchange.authoring.build import Built, build
from assessor.exchange.authoring.read import read_book
from assessor.exchange.authoring.rows import matches, rows_of
from assessor.exchange.authoring.write import workbook_bytes
from assessor.pack.draft import read_draft
from assessor.pack.load import load_pack, place_of
from assessor.pack.yamlfile import Place, parse_yaml, read_yaml
from assessor.pack.yamltext import yaml_text

_RARE = ("models/", "codes/")
"""Files a trade has no need of: they get sheets only where the pack has them."""
_ENGLISH = re.compile(r"(?<![\w.-])[a-z][a-z_-]*(?![\w.(-])")
"""The schema's words in a message, which the workbook shows in Chinese."""
_UNFILLED = frozenset({"pack-todo", "pack-field-missing"})


# -- to Excel ----------------------------------------------------------------------------------------


def pack_workbook(folder: Path) -> bytes:
    """The workbook of a pack folder; `UserError` with the faults that would be lost on the way.

    What has still to be filled in, and what is wrong between entries, may be mended in Excel.
    """
    faults = [one for one in read_draft(folder).problems if one.code not in _UNFILLED]
    if faults:
        raise UserError(*faults)
    files = {name: read_yaml(folder / name, name).data for name in pack_files(folder)}
    plan = book()
    wanted = {pattern: _is_wanted(pattern, files) for pattern in plan.shapes}
    sheets = [sheet for sheet in plan.sheets if any(wanted[file] for file, _ in sheet.tables)]
    title = str(files.get("pack.yaml", {}).get("title", folder.name))
    return workbook_bytes(rows_of(files, plan, wanted), plan, title, _in_order(sheets))


def _is_wanted(pattern: str, files: Mapping[str, Any]) -> bool:
    return not pattern.startswith(_RARE) or any(matches(name, pattern) for name in files)


def _in_order(sheets: Sequence[Sheet]) -> Sequence[Sheet]:
    """As the files are listed; what facts and questions share comes after the questions, old ids last."""
    shared = [sheet for sheet in sheets if len(sheet.tables) > 1]
    last = [sheet for sheet in sheets if sheet.tables[0][0] == "pack.yaml"]
    plain = [*(sheet for sheet in sheets if sheet not in shared and sheet not in last), *last]
    after = next((i for i, sheet in enumerate(plain) if sheet.tables[0][0] == "crosswalk.yaml"), len(plain))
    return [*plain[:after], *shared, *plain[after:]]


def pack_files(folder: Path) -> Sequence[str]:
    """The files of a pack folder that hold records, by their path inside it."""
    found = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.yaml")))
    return [name for name in found if any(matches(name, pattern) for pattern in book().shapes)]


# -- from Excel --------------------------------------------------------------------------------------


def unpack_workbook(data: bytes, name: str, target: Path, roots: Sequence[Path], *, over: bool) -> Path:
    """Write the pack of a workbook as the folder `target`, whole or not at all.

    `UserError` names every fault with its sheet and cell. With `over`, a pack folder that is there is
    replaced; what the workbook does not hold (samples, cases) is taken over from it.
    """
    if target.exists() and not over:
        raise refuse("authoring-exists", str(target))
    if target.exists() and not (target / "pack.yaml").is_file():
        raise refuse("authoring-foreign", str(target))
    read = read_book(data, name, book())
    built = build(book(), read.heads, read.sheets)
    problems = [*read.problems, *built.problems]
    if problems and not built.files:
        raise UserError(*_at(name, problems))
    with tempfile.TemporaryDirectory() as aside:
        made = Path(aside) / target.name
        texts = _write(built, made)
        found = [
            _in_sheet(one, made, built, texts) for one in load_pack(made, (made.parent, *roots)).problems
        ]
        problems += [one for one in found if not _follows(one, problems)]
        manifest = built.files.get("pack.yaml", {})
        if not problems and manifest.get("id") != target.name:
            raise refuse("pack-bundle-name", str(target), folder=target.name, pack=manifest.get("id"))
    if problems:
        raise UserError(*_at(name, problems))
    try:
        _put(built, target)
    except OSError as error:
        raise refuse("file-unwritable", str(target), reason=error.strerror or str(error)) from error
    return target


def _at(name: str, problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems with the workbook's name before the cell, in the order of the cells' sheets."""
    for problem in dict.fromkeys(problems):
        where = problem.where if problem.where.startswith(name) else f"{name} {problem.where}".rstrip()
        yield replace(problem, where=where)


def _follows(problem: Problem, told: Sequence[Problem]) -> bool:
    """Whether the same cell has a fault already, of which this one is the consequence."""
    return bool(problem.where) and any(problem.where == one.where for one in told)


def _write(built: Built, folder: Path) -> Mapping[str, str]:
    texts = {name: yaml_text(data) for name, data in built.files.items()}
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if parse_yaml(text.encode(), name).data != built.files[name]:
            raise AssertionError(f"{name} is not read as it was written")
    folder.mkdir(exist_ok=True)
    return texts


def _put(built: Built, target: Path) -> None:
    """Put the new folder in place of the old one; what is no file of the workbook comes along."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".pack-") as beside:
        made, old = Path(beside) / target.name, Path(beside) / "old"
        _write(built, made)
        if not target.exists():
            made.rename(target)
            return
        covered = {*pack_files(target), *pack_files(made)}
        for path in sorted(target.rglob("*")):
            name = path.relative_to(target).as_posix()
            if path.is_file() and name not in covered:
                (made / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, made / name)
        target.rename(old)
        try:
            made.rename(target)
        except OSError:
            old.rename(target)
            raise


# -- from lines to cells -----------------------------------------------------------------------------


def _in_sheet(problem: Problem, folder: Path, built: Built, texts: Mapping[str, str]) -> Problem:
    """The problem at its cell instead of the line and column of a file nobody has seen."""
    path, line, column = place_of(problem)
    name = Path(path).relative_to(folder).as_posix() if Path(path).is_relative_to(folder) else ""
    values = _words(problem.values, folder, built, texts)
    if name not in texts:
        where = "" if Path(path) == folder else problem.where
        return Problem(problem.code, where, values)
    return Problem(problem.code, _cell(built, name, texts[name], (line, column), problem), values)


def _words(
    values: Mapping[str, object], folder: Path, built: Built, texts: Mapping[str, str]
) -> Mapping[str, object]:
    """The values of a message with the heading beside the field, and cells for other places."""
    found = dict(values)
    key = str(values.get("field", ""))
    if key in names.FIELDS:
        found["field"] = f"{names.FIELDS[key]} {key}"
    if "reason" in values:
        found["reason"] = _ENGLISH.sub(lambda word: names.word(word[0]), str(values["reason"]))
    other = str(values.get("other", ""))
    if other.startswith(str(folder)):
        found["other"] = _in_sheet(Problem("pack-cycle", other), folder, built, texts).where
    return found


def _cell(built: Built, name: str, text: str, mark: tuple[int, int], problem: Problem) -> str:
    """The cell of what begins at a line and column; of the missing field itself where there is one."""
    cells = built.cells.get(name, {})
    document = parse_yaml(text.encode(), name)
    places = [p for p, line in document.lines.items() if (line, document.columns[p]) == mark]
    lacking = str(problem.values.get("field", "")) if problem.code == "pack-field-missing" else ""
    for place in places:
        if lacking and (*place, lacking) in cells:
            return cells[*place, lacking]
    for place in sorted(places, key=len, reverse=True):
        if found := _nearest(cells, place):
            return found
    return names.FILES.get(name, name)


def _nearest(cells: Mapping[Place, str], place: Place) -> str:
    while place:
        if place in cells:
            return cells[place]
        below = next((cells[one] for one in cells if one[: len(place)] == place), "")
        if below:
            return below
        place = place[:-1]
    return ""

"""Who was asked, and who has not answered? The agency's list of expected firms beside the ledger."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor.aggregate.decide import Decided
from assessor.aggregate.record import USABLE
from assessor.answers.firm import check_uscc
from assessor.errors import Problem, raise_if, refuse, system_reason
from assessor.exchange.clean import words_of
from assessor.exchange.labels import folded

_NAMES: Mapping[str, tuple[str, ...]] = {
    "uscc": ("统一社会信用代码", "信用代码", "统一信用代码", "社会信用代码", "uscc"),
    "name": ("企业名称", "名称", "企业", "单位名称", "name"),
    "region": ("地区", "市州", "所在地", "县区", "区县", "所属地区", "region"),
}


@dataclass(frozen=True, slots=True)
class Expected:
    """One firm of the list."""

    uscc: str
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class Response:
    """One expected firm: `counted`, `received` (sent, but not counted yet) or `missing`."""

    firm: Expected
    state: str
    labels: tuple[str, ...] = ()


def read_roster(path: Path) -> tuple[Expected, ...]:
    """The list in a .csv or .xlsx; `UserError` with every wrong line."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise refuse("file-missing", str(path)) from error
    except OSError as error:
        raise refuse("file-unreadable", str(path), reason=system_reason(error)) from error
    rows = _sheet(data, path) if data.startswith(b"PK") else _lines(data, path)
    return _parse(rows, path)


def _sheet(data: bytes, path: Path) -> list[list[str]]:
    import python_calamine

    from assessor.exchange.guard import guard

    problems = guard(data, path.name)
    if problems:
        raise refuse("roster-format", str(path), reason=problems[0].what)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise refuse("roster-format", str(path), reason="工作表读不出") from error
    return [[words_of(cell) for cell in row] for row in rows]


def _lines(data: bytes, path: Path) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        try:
            return list(csv.reader(io.StringIO(text, newline="")))
        except csv.Error as error:
            raise refuse("roster-format", str(path), reason="不是 CSV") from error
    raise refuse("roster-format", str(path), reason="既不是 UTF-8 也不是 GBK 文本")


def _parse(rows: Sequence[Sequence[str]], path: Path) -> tuple[Expected, ...]:
    header = next((at for at, row in enumerate(rows[:20]) if "uscc" in _columns(row)), None)
    if header is None:
        raise refuse("roster-columns", str(path))
    columns = _columns(rows[header])
    found: list[Expected] = []
    first: dict[str, int] = {}
    problems: list[Problem] = []
    for number, row in enumerate(rows[header + 1 :], header + 2):
        told = {name: _cell(row, column) for name, column in columns.items()}
        if not any(told.values()):
            continue
        uscc = told["uscc"].upper().replace(" ", "")
        wrong = check_uscc(uscc)
        if wrong:
            reason = wrong[0].what
            problems.append(
                Problem("roster-code", str(path), {"row": number, "uscc": uscc, "reason": reason})
            )
        elif uscc in first:
            values = {"row": number, "uscc": uscc, "first": first[uscc]}
            problems.append(Problem("roster-twice", str(path), values))
        else:
            first[uscc] = number
            found.append(Expected(uscc, told.get("name", ""), told.get("region", "")))
    raise_if(problems)
    return tuple(found)


def _columns(row: Sequence[str]) -> dict[str, int]:
    """Where each column stands, by its name."""
    titles = {folded(cell).lower(): column for column, cell in reversed(list(enumerate(row)))}
    return {key: titles[name] for key, names in _NAMES.items() for name in reversed(names) if name in titles}


def _cell(row: Sequence[str], column: int) -> str:
    return folded(row[column]) if column < len(row) else ""


def responses(roster: Iterable[Expected], ledger: Iterable[Decided]) -> list[Response]:
    """What became of each expected firm, in the order of the list."""
    sent: dict[str, list[Decided]] = defaultdict(list)
    for one in ledger:
        uscc = one.key.uscc if one.key else one.taken.uscc
        if uscc and one.state != "ignored":
            sent[uscc].append(one)
    return [_response(firm, sent.get(firm.uscc, [])) for firm in roster]


def _response(firm: Expected, files: Sequence[Decided]) -> Response:
    labels = tuple(one.label for one in files)
    if any(one.state in USABLE for one in files):
        return Response(firm, "counted", labels)
    return Response(firm, "received" if files else "missing", labels)

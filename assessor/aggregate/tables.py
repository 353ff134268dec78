"""The tables as CSV: UTF-8 with a byte order mark, so that Excel and WPS open them by a double click.

Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP's list).
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from assessor.aggregate.decide import Decided
from assessor.aggregate.disclosure import PublicFigure
from assessor.aggregate.population import Population, prefecture
from assessor.aggregate.record import Assessed, Verdict
from assessor.aggregate.statistics import Figure, points

LEDGER = (
    "path",
    "sha256",
    "state",
    "uscc",
    "site",
    "pack",
    "campaign",
    "date",
    "repairs",
    "faults",
    "reason",
    "remedy",
)
FAULTS = ("path", "sha256", "sheet", "cell", "code", "reason", "remedy")
STATISTICS = ("industry", "size", "region", "mode", "indicator", "statistic", "value", "n")
FIRM = (
    "uscc",
    "name",
    "site",
    "pack",
    "version",
    "campaign",
    "date",
    "mode",
    "industry_code",
    "region_code",
    "region",
    "size",
    "employees",
    "revenue_wan",
    "state",
    "asked",
    "settled",
    "complete",
    "red_lines",
    "findings",
)
_MODEL = ("score", "low", "high", "level", "level_low", "level_high")
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Row = Sequence[object]


def csv_bytes(header: Row, rows: Iterable[Row]) -> bytes:
    """A table as the bytes of its file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "backslashreplace")


def _cell(cell: object) -> object:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float():
            return f"{cell:.10g}"
        case str():
            return harmless(cell)
        case _:
            return cell


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_STARTS) else text


def ledger_rows(ledger: Iterable[Decided]) -> Iterator[Row]:
    """`ledger.csv`."""
    for one in ledger:
        key, taken = one.key, one.taken
        yield (
            one.label,
            taken.digest,
            one.state,
            key.uscc if key else taken.uscc,
            key.site if key else "",
            key.pack if key else taken.pack,
            key.campaign if key else "",
            taken.assessed.date if taken.assessed else "",
            len(taken.repairs),
            len(taken.faults) if one.state != "ignored" else 0,
            one.reason,
            one.remedy,
        )


def fault_rows(ledger: Iterable[Decided]) -> Iterator[Row]:
    """`faults.csv`: faults, repairs and notices, file by file."""
    for one in ledger:
        if one.state == "ignored":
            continue
        taken = one.taken
        for fault in taken.faults:
            place = (fault.sheet, fault.cell, fault.code)
            yield (one.label, taken.digest, *place, fault.reason, fault.remedy)
        for repair in (*taken.repairs, *taken.notices):
            place = (repair.sheet, repair.cell, repair.code)
            yield (one.label, taken.digest, *place, repair.text, "")


def firm_header(models: Sequence[str]) -> Row:
    """The columns of `firms.csv`."""
    return (*FIRM, *(f"{model}.{column}" for model in models for column in _MODEL), "path", "sha256")


def models_of(members: Iterable[Assessed]) -> tuple[str, ...]:
    """Every model that scored somebody."""
    return tuple(sorted({verdict.model for one in members for verdict in one.verdicts}))


def firm_rows(population: Population, lines: Iterable[Decided], models: Sequence[str]) -> Iterator[Row]:
    """`firms.csv`: one line for each assessment that counts, of every campaign."""
    for line in lines:
        one = line.taken.assessed
        if one is None:
            continue
        verdicts = {verdict.model: verdict for verdict in one.verdicts}
        by_model = [cell for model in models for cell in _verdict(verdicts.get(model))]
        yield (*_firm(one, population, line.state), *by_model, line.label, line.taken.digest)


def _firm(one: Assessed, population: Population, state: str) -> Row:
    key = one.key
    return (
        key.uscc,
        one.name,
        key.site,
        key.pack,
        one.version,
        key.campaign,
        one.date,
        one.mode,
        one.industry_code,
        one.region_code,
        prefecture(one.region_code, population.packs[one.pack_digest].regions),
        one.size,
        one.employees,
        one.revenue_wan,
        state,
        one.asked,
        one.settled,
        one.complete,
        " ".join(one.red_lines),
        " ".join(one.findings),
    )


def _verdict(verdict: Verdict | None) -> Row:
    if verdict is None:
        return ("",) * len(_MODEL)
    low, high = (None if end is None else points(end) for end in (verdict.low, verdict.high))
    score = low if low == high else None
    return (score, low, high, verdict.level, verdict.level_low, verdict.level_high)


def statistic_rows(figures: Iterable[Figure | PublicFigure]) -> Iterator[Row]:
    """`statistics.csv` and its public part; what is withheld has neither value nor n."""
    for one in figures:
        group = one.group
        traits = (group.industry, group.size, group.region, group.mode)
        yield (*traits, one.indicator, one.statistic, one.value, one.n)

"""Which papers does the firm hold, of what grade, and do they still hold on the day of the assessment?"""

import re
from collections.abc import Iterator

from assessor.answers.model import Answers, Row, Side
from assessor.pack.papers import GRADE, ISSUER, ITEM, NUMBER, VALID_UNTIL, YEAR, Papers
from assessor.scoring.standard_result import PaperHeld, Standing

_DAY = re.compile(r"(\d{4})(?:\D+(\d{1,2}))?(?:\D+(\d{1,2}))?")
_FOR_EVER = ("长期", "永久")
_LAST_MONTH, _LAST_DAY = 12, 31


def papers_held(papers: Papers | None, answers: Answers) -> tuple[PaperHeld, ...]:
    """The rows of the side that counts; where nobody looked on site, what the firm says, marked as such."""
    if papers is None:
        return ()
    seen = tuple(_rows(papers, answers, "verified"))
    claimed = tuple(_rows(papers, answers, "claimed"))
    return seen if answers.headline == "verified" and seen else claimed


def papers_on(papers: Papers | None, answers: Answers, side: Side) -> tuple[PaperHeld, ...]:
    """The rows of one side alone."""
    return tuple(_rows(papers, answers, side)) if papers is not None else ()


def _rows(papers: Papers, answers: Answers, side: Side) -> Iterator[PaperHeld]:
    value = answers.get(papers.table).on(side)
    for row in value if isinstance(value, tuple) else ():
        if not isinstance(row, str) and row.get(ITEM) == papers.item:
            grade, until = _text(row, GRADE), _text(row, VALID_UNTIL)
            yield PaperHeld(
                grade=grade,
                level=level_of_grade(papers, grade),
                year=_text(row, YEAR),
                number=_text(row, NUMBER),
                issuer=_text(row, ISSUER),
                valid_until=until,
                standing=standing(until, answers.date),
                seen=side == "verified",
            )


def _text(row: Row, column: str) -> str:
    cell = row.get(column)
    return "" if cell is None else str(cell).strip()


def level_of_grade(papers: Papers, grade: str) -> int | None:
    """The level that a grade's words mean: that of the longest word found; None when two are as long."""
    said = grade.upper()
    found = [
        (len(word), level)
        for level, words in enumerate(papers.grades, 1)
        for word in words
        if word.upper() in said
    ]
    longest = max((length for length, _ in found), default=0)
    levels = {level for length, level in found if length == longest}
    return levels.pop() if len(levels) == 1 else None


def standing(until: str, day: str) -> Standing:
    """Whether a paper holds on a day (YYYY-MM-DD); a month or year alone holds to its end."""
    if any(word in until for word in _FOR_EVER):
        return "valid"
    found = _DAY.search(until)
    if found is None or not day:
        return "unknown"
    month, last = int(found[2] or _LAST_MONTH), int(found[3] or _LAST_DAY)
    return "valid" if f"{found[1]}-{month:02}-{last:02}" >= day else "expired"

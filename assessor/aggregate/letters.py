"""What is written back to the firms: one text for each file that needs something from them."""

import re
from collections.abc import Iterable, Iterator

from assessor.aggregate.decide import Decided
from assessor.exchange.letter import letter_text

_ANSWERED = ("flagged", "quarantined", "conflict")
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\s]+')
_LONGEST = 60


def letters(ledger: Iterable[Decided]) -> Iterator[tuple[str, str]]:
    """File name and text, for every file that a firm has to mend, complete or explain."""
    for number, one in enumerate(ledger, 1):
        if one.state in _ANSWERED or one.code == "intake-incomplete":
            yield _name(number, one), _text(one)


def _name(number: int, one: Decided) -> str:
    stem = _UNFIT.sub("_", one.label.rpartition("/")[2])[:_LONGEST].strip("._") or "file"
    return f"{number:05d}-{stem}.txt"


def _text(one: Decided) -> str:
    taken = one.taken
    name = one.label.rpartition("/")[2]
    state = "quarantined" if taken.assessed is None else taken.state
    text = letter_text(name, taken.name, state, taken.faults, taken.repairs, taken.notices)
    if one.code in ("", "intake-flagged"):
        return text
    return f"{text}\n{one.reason}。{one.remedy}。\n"

"""What does one write back to the firm? The faults of a workbook as a text to paste into a mail."""

from collections.abc import Iterator, Sequence

from assessor.exchange.read import Read
from assessor.exchange.report import Fault, Repair
from assessor.words import _

_OPENING = {
    "accepted": "已收到，内容完整可用，不用再改。",
    "repaired": "已收到，可以使用。下面几处写法由程序统一了，请看一眼对不对：",
    "flagged": "已收到，其余内容已采用；下面几处没能采用，暂按未答处理，请改好后把整个文件重发：",
    "quarantined": "收到了，但还不能使用，请照下面说的改好后重发：",
}


def letter(read: Read) -> str:
    """The text of the mail: what was received, what to mend and where, what was mended here."""
    firm = read.answers.firm.get("name") if read.answers else None
    who = firm if isinstance(firm, str) else ""
    return letter_text(read.name, who, read.state, read.faults, read.repairs, read.notices)


def letter_text(
    file: str,
    firm: str,
    state: str,
    faults: Sequence[Fault],
    repairs: Sequence[Repair],
    notices: Sequence[Repair],
) -> str:
    """The same from its parts, for those who keep no more of a file than these."""
    return "\n".join(_lines(file, firm, state, faults, repairs, notices)) + "\n"


def _lines(
    file: str,
    firm: str,
    state: str,
    faults: Sequence[Fault],
    repairs: Sequence[Repair],
    notices: Sequence[Repair],
) -> Iterator[str]:
    yield _("{firm}：").format(firm=firm) if firm else _("您好：")
    yield ""
    yield _("您发来的“{file}”{opening}").format(file=file, opening=_(_OPENING[state]))
    for number, fault in enumerate(faults, 1):
        yield f"{number}. {fault.text}"
    if repairs:
        if faults:
            yield ""
            yield _("另外，下面几处写法由程序统一了，请看一眼对不对：")
        for repair in repairs:
            yield f"· {repair.text}"
    if notices:
        yield ""
        yield _("还注意到：")
        for notice in notices:
            yield f"· {notice.text}"

"""What does one write back to the firm? The faults of a workbook as a text to paste into a mail."""

from collections.abc import Iterator

from assessor.exchange.read import Read

_OPENING = {
    "accepted": "已收到，内容完整可用，不用再改。",
    "repaired": "已收到，可以使用。下面几处写法由程序统一了，请看一眼对不对：",
    "flagged": "已收到，其余内容已采用；下面几处没能采用，暂按未答处理，请改好后把整个文件重发：",
    "quarantined": "收到了，但还不能使用，请照下面说的改好后重发：",
}


def letter(read: Read) -> str:
    """The text of the mail: what was received, what to mend and where, what was mended here."""
    return "\n".join(_lines(read)) + "\n"


def _lines(read: Read) -> Iterator[str]:
    firm = read.answers.firm.get("name") if read.answers else None
    yield f"{firm}：" if isinstance(firm, str) else "您好："
    yield ""
    yield f"您发来的“{read.name}”{_OPENING[read.state]}"
    for number, fault in enumerate(read.faults, 1):
        yield f"{number}. {fault.text}"
    if read.repairs:
        if read.faults:
            yield ""
            yield "另外，下面几处写法由程序统一了，请看一眼对不对："
        for repair in read.repairs:
            yield f"· {repair.text}"
    if read.notices:
        yield ""
        yield "还注意到："
        for notice in read.notices:
            yield f"· {notice.text}"

"""A plan for calendars (RFC 5545): an all-day event for each action, from its first to its last quarter."""

from collections.abc import Iterator
from datetime import date, timedelta

from assessor.errors import refuse
from assessor.roadmap.explain import Planned
from assessor.roadmap.money import wan
from assessor.roadmap.plan import Roadmap
from assessor.roadmap.quarters import Quarter
from assessor.words import _, named

_MOST_OCTETS = 75
_BREAK = "\r\n"


def calendar_text(roadmap: Roadmap, stamp: str) -> str:
    """The .ics file; `stamp` is the moment it is written, as 20260520T080000Z.

    `UserError` when the plan has no date to count from.
    """
    first = first_quarter(roadmap)
    firm = str(roadmap.before.fact("name") or "")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//assessor//roadmap//ZH", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{escaped(_('{firm} 改进路线图').format(firm=firm).strip())}")
    for one in roadmap.actions:
        lines += _event(roadmap, one, first, stamp)
    lines.append("END:VCALENDAR")
    return "".join(part + _BREAK for line in lines for part in folded(line))


def first_quarter(roadmap: Roadmap) -> Quarter:
    """The calendar quarter in which the plan begins."""
    if roadmap.task.first is None:
        raise refuse("roadmap-date-missing")
    return roadmap.task.first


def days_of(one: Planned, first: Quarter) -> tuple[date, date]:
    """First and last day of an action."""
    return first.plus(one.start - 1).first_day, first.plus(one.finish - 1).last_day


def _event(roadmap: Roadmap, one: Planned, first: Quarter, stamp: str) -> Iterator[str]:
    begin, end = days_of(one, first)
    uscc = str(roadmap.before.fact("uscc") or "firm")
    yield "BEGIN:VEVENT"
    yield f"UID:{uscc}-{one.id}@assessor"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{begin:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{end + timedelta(days=1):%Y%m%d}"  # the day after the last, as the RFC has it
    yield f"SUMMARY:{escaped(named(one.action))}"
    yield f"DESCRIPTION:{escaped(note_of(one))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def note_of(one: Planned) -> str:
    """What to do, what it costs, who it takes, what must be shown at the end."""
    price = one.candidate.price
    lines = [
        one.action.do,
        _("费用：{wan:g} 万元（{wan2:g}—{wan3:g}）").format(
            wan=wan(price.middle), wan2=wan(price.low), wan3=wan(price.high)
        ),
        _("自己的人手：信息化 {float:g} 人天，业务 {float2:g} 人天").format(
            float=float(one.candidate.it), float2=float(one.candidate.ops)
        ),
    ]
    if one.action.evidence:
        lines.append(_("做完要留下：") + _("、").join(one.action.evidence))
    return "\n".join(lines)


def escaped(text: str) -> str:
    """Text as RFC 5545 wants it."""
    for char in ("\\", ";", ","):
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, no character cut in two; later ones begin with a space."""
    part, room = "", _MOST_OCTETS
    for char in line:
        size = len(char.encode())
        if size > room:
            yield part
            part, room = " ", _MOST_OCTETS - 1
        part += char
        room -= size
    yield part

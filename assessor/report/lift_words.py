"""What an action raises, in words instead of letters: options by their text, what is added or missing."""

from collections.abc import Sequence

from assessor.language import SOURCE
from assessor.pack.model import Pack
from assessor.pack.question import MultiQuestion, Question, SingleQuestion
from assessor.report.wording import brief_text
from assessor.roadmap.explain import Lift, said
from assessor.roadmap.followup import Promise
from assessor.words import _, language, named

_MOST = 28
_SEPARATOR = "、"


def lift_text(pack: Pack, lift: Lift) -> str:
    """One answer that an action raises."""
    return _("{title}：{raised}").format(
        title=_title(pack, lift.question, lift.title),
        raised=_raised(pack.questions.get(lift.question), lift.before, lift.after),
    )


def promise_text(pack: Pack, promise: Promise) -> str:
    """What was promised, and where it stands today."""
    question = pack.questions.get(promise.question)
    raised = _raised(question, promise.before, promise.after)
    told = _("{title}：答应{raised}，{now}")
    return told.format(
        title=_title(pack, promise.question, promise.title), raised=raised, now=_now(question, promise)
    )


def _title(pack: Pack, key: str, kept: str) -> str:
    """A question as the plan kept it, in Chinese; in another language by its name in the pack."""
    return named(pack.questions[key]) if key in pack.questions and language() != SOURCE else kept


def _raised(question: Question | None, before: str, after: str) -> str:
    match question:
        case MultiQuestion():
            return _("增加{list}").format(list=_texts(question, _ids(after) - _ids(before)))
        case SingleQuestion():
            old, new = (_texts(question, _ids(each)) for each in (before, after))
            return _("从“{old}”到“{new}”").format(old=old or before, new=new or after)
        case _:
            return f"{said(before)}→{said(after)}"


def _now(question: Question | None, promise: Promise) -> str:
    if promise.met:
        return _("做到了")
    if promise.met is None:
        return _("现在没有答")
    if isinstance(question, MultiQuestion):
        missing = _texts(question, _ids(promise.after) - _ids(promise.now))
        return _("还差{list}").format(list=missing)
    if isinstance(question, SingleQuestion):
        return _("现在“{now}”").format(now=_texts(question, _ids(promise.now)) or promise.now)
    return _("现在 {now}").format(now=said(promise.now))


def _ids(shown: str) -> set[str]:
    """The options in a value as the plan shows it: their ids with a mark between."""
    return set(shown.split(_SEPARATOR))


def _texts(question: MultiQuestion | SingleQuestion, ids: set[str]) -> str:
    texts: Sequence[str] = [brief_text(named(one), _MOST) for one in question.options if one.id in ids]
    return (_("；") if any("，" in text or "、" in text for text in texts) else _("、")).join(texts)

"""An answers file: the JSON form in which one assessment travels.

`parse_answers` checks everything against the pack and gives either the answers or all problems;
`answers_document` is its inverse.
"""

import difflib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from assessor.answers.firm import check_format
from assessor.answers.model import GIVEN_STATES, Answer, Answers, AnswerState, Value
from assessor.answers.value import parse_value, raw_value
from assessor.errors import Problem
from assessor.pack.condition import Lookup
from assessor.pack.model import Pack
from assessor.pack.question import Question, TextQuestion
from assessor.words import _

_TOP = {"pack", "version", "campaign", "firm", "mode", "date", "by", "answers"}
_ANSWER = {"value", "verified", "state", "reason", "remark", "sure", "evidence"}


def parse_json(text: str, where: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The JSON object in a text; a key written twice or a value JSON does not know is a problem."""
    try:
        data = json.loads(text, object_pairs_hook=_no_twins, parse_constant=_no_constant)
        _no_half_characters(data)
    except (ValueError, RecursionError) as error:
        return None, [Problem("answers-not-json", where, {"reason": _json_reason(error)})]
    if not isinstance(data, dict):
        return None, [Problem("answers-shape", where, {"reason": _("最外层应为一个对象")})]
    return data, []


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(_("“{key}”写了两次").format(key=key))
        found[key] = value
    return found


def _no_constant(name: str) -> None:
    raise ValueError(_("{name} 不是数字").format(name=name))


def _no_half_characters(data: Any) -> None:
    """Half a surrogate pair is lawful JSON, but no text that can be stored or printed."""
    try:
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(_("文字里有半个字符（\\ud800—\\udfff）")) from error


def _json_reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return _("第 {lineno} 行第 {colno} 列读不下去").format(lineno=error.lineno, colno=error.colno)
    if isinstance(error, RecursionError):
        return _("嵌套过深")
    return _("数字过长") if "integer string conversion" in str(error) else str(error)


def parse_answers(data: Mapping[str, Any], pack: Pack, where: str) -> tuple[Answers, list[Problem]]:
    """The answers a document holds, and everything that is wrong with it.

    Use the answers only when there are no problems.
    """
    problems = _frame_problems(data, pack, where)
    firm_raw, items_raw = _mapping(data, "firm"), _mapping(data, "answers")
    known = {**_renamed(firm_raw, pack), **_claimed(_renamed(items_raw, pack))}
    firm = _facts(_renamed(firm_raw, pack), pack, known.get, where, problems)
    items = _items(_renamed(items_raw, pack), pack, known.get, where, problems)
    answers = Answers(
        pack=pack.id,
        version=pack.version,
        firm=firm,
        items=items,
        mode="onsite" if data.get("mode") == "onsite" else "self",
        date=str(data.get("date", "")),
        campaign=str(data.get("campaign") or str(data.get("date", ""))[:4]),
        by=str(data.get("by") or ""),
    )
    return answers, problems


def _mapping(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = data.get(key, {})
    return found if isinstance(found, dict) else {}


def _renamed(raw: Mapping[str, Any], pack: Pack) -> dict[str, Any]:
    return {pack.manifest.renamed.get(key, key): value for key, value in raw.items()}


def _claimed(items: Mapping[str, Any]) -> dict[str, Any]:
    return {key: item.get("value") for key, item in items.items() if isinstance(item, dict)}


def _frame_problems(data: Mapping[str, Any], pack: Pack, where: str) -> list[Problem]:
    def shape(reason: str) -> Problem:
        return Problem("answers-shape", where, {"reason": reason})

    problems = [shape(_("不认识的字段“{key}”").format(key=key)) for key in data if key not in _TOP]
    problems += [
        shape(_("“{key}”应为对象").format(key=key))
        for key in ("firm", "answers")
        if not isinstance(data.get(key, {}), dict)
    ]
    if data.get("mode", "self") not in ("self", "onsite"):
        problems.append(shape(_("mode 应为 self（自评）或 onsite（现场评定）")))
    if data.get("version", pack.version) != pack.version:
        values = {"pack": pack.id, "version": data["version"], "present": pack.version}
        problems.append(Problem("answers-version", where, values))
    problems += [
        shape(_("“{key}”应为文字").format(key=key))
        for key, kinds in (("by", str), ("campaign", str | int))
        if not isinstance(data.get(key) or "", kinds)
    ]
    problems += [
        shape(_("{old} 已改名为 {new}，两个编号只能写一个").format(old=old, new=new))
        for old, new in pack.manifest.renamed.items()
        for part in (_mapping(data, "firm"), _mapping(data, "answers"))
        if old in part and new in part
    ]
    if data.get("date", "") != "" and not is_date(data["date"]):
        problems.append(Problem("date-shape", where, {"date": data["date"]}))
    return problems


def is_date(text: object) -> bool:
    """Whether a text is a day written as 2026-05-20."""
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _unknown(key: str, pack: Pack, where: str) -> Problem:
    near = difflib.get_close_matches(key, pack.items, n=1)
    hint = _("（是不是 {near}？）").format(near=near[0]) if near else ""
    return Problem("answers-unknown-id", where, {"pack": pack.id, "id": key, "hint": hint})


def _facts(
    raw: Mapping[str, Any], pack: Pack, lookup: Lookup, where: str, problems: list[Problem]
) -> dict[str, Value]:
    facts = {fact.id: fact for fact in pack.facts}
    found: dict[str, Value] = {}
    for key, item in raw.items():
        place = f"{where} firm.{key}"
        if key not in facts:
            problems.append(_unknown(key, pack, place))
        elif item is not None:
            value, wrong = parse_fact(facts[key], item, pack, lookup, place)
            problems += wrong
            if value is not None:
                found[key] = value
    return found


def parse_fact(
    fact: Question, raw: Any, pack: Pack, lookup: Lookup, where: str = ""
) -> tuple[Value | None, list[Problem]]:
    """The value of a fact, its own format checked."""
    if isinstance(fact, TextQuestion) and fact.format and isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)
    if isinstance(fact, TextQuestion) and fact.format == "uscc" and isinstance(raw, str):
        raw = raw.strip().upper()
    value, problems = parse_value(fact, raw, lookup, where)
    if isinstance(fact, TextQuestion) and fact.format and isinstance(value, str):
        problems = check_format(fact.format, value, pack, where)
    return (None, problems) if problems else (value, [])


def _items(
    raw: Mapping[str, Any], pack: Pack, lookup: Lookup, where: str, problems: list[Problem]
) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for key, item in raw.items():
        place = f"{where} answers.{key}"
        question = pack.questions.get(key)
        if question is None:
            problems.append(_unknown(key, pack, place))
            continue
        answer, wrong = parse_answer(question, item, lookup, place)
        problems += wrong
        found[key] = answer
    return found


def parse_answer(
    question: Question, raw: Any, lookup: Lookup, where: str = ""
) -> tuple[Answer, list[Problem]]:
    """One answer with everything that belongs to it."""
    if not isinstance(raw, dict):
        return Answer(), [
            Problem("answers-shape", where, {"reason": _('每个答案应为一个对象，如 {"value": 2}')})
        ]
    problems = [
        Problem("answers-shape", where, {"reason": _("不认识的字段“{key}”").format(key=key)})
        for key in raw
        if key not in _ANSWER
    ]
    value, wrong = _optional(question, raw.get("value"), lookup, where)
    verified, wrong_verified = _optional(question, raw.get("verified"), lookup, f"{where}.verified")
    state, wrong_state = _state(question, raw, value, where)
    problems += [*wrong, *wrong_verified, *wrong_state, *_side_problems(raw, where)]
    answer = Answer(
        value=value,
        state=state,
        verified=verified,
        reason=str(raw.get("reason") or "").strip(),
        remark=str(raw.get("remark") or "").strip(),
        sure=raw.get("sure"),
        evidence=tuple(raw.get("evidence") or ()) if isinstance(raw.get("evidence"), list) else (),
    )
    return answer, problems


def _optional(question: Question, raw: Any, lookup: Lookup, where: str) -> tuple[Value | None, list[Problem]]:
    return (None, []) if raw is None else parse_value(question, raw, lookup, where)


def _state(
    question: Question, raw: Mapping[str, Any], value: Value | None, where: str
) -> tuple[AnswerState, list[Problem]]:
    name = raw.get("state")
    if name is None or (name == "answered" and value is not None):
        return AnswerState.UNANSWERED, []
    if name not in [state.value for state in GIVEN_STATES] or raw.get("value") is not None:
        known = _("、").join(state.value for state in GIVEN_STATES)
        return AnswerState.UNANSWERED, [
            Problem(
                "value-state",
                where,
                {"id": question.id, "state": name, "known": _("{known}（且不写 value）").format(known=known)},
            )
        ]
    state = AnswerState(name)
    if state is AnswerState.NOT_APPLICABLE:
        return state, _not_applicable_problems(question, raw, where)
    return state, []


def _not_applicable_problems(question: Question, raw: Mapping[str, Any], where: str) -> list[Problem]:
    if not question.may_not_apply:
        return [Problem("value-not-applicable", where, {"id": question.id})]
    if not str(raw.get("reason") or "").strip():
        return [Problem("value-reason-missing", where, {"id": question.id})]
    return []


def _side_problems(raw: Mapping[str, Any], where: str) -> list[Problem]:
    problems = []
    sure, evidence = raw.get("sure"), raw.get("evidence", [])
    if sure is not None and (type(sure) is not int or sure not in (1, 2, 3)):
        problems.append(
            Problem("answers-shape", where, {"reason": _("sure 应为 1（不太有把握）、2 或 3（很有把握）")})
        )
    problems += [
        Problem("answers-shape", where, {"reason": _("{key} 应为文字").format(key=key)})
        for key in ("reason", "remark")
        if not isinstance(raw.get(key) or "", str)
    ]
    if evidence is not None and not (
        isinstance(evidence, list) and all(isinstance(item, str) for item in evidence)
    ):
        problems.append(Problem("answers-shape", where, {"reason": _("evidence 应为文字列表")}))
    return problems


def answers_document(answers: Answers) -> dict[str, Any]:
    """The JSON form of an assessment."""
    return {
        "pack": answers.pack,
        "version": answers.version,
        "campaign": answers.campaign,
        "firm": {key: raw_value(value) for key, value in answers.firm.items()},
        "mode": answers.mode,
        "date": answers.date,
        "by": answers.by,
        "answers": {key: answer_document(answer) for key, answer in answers.items.items()},
    }


def answer_document(answer: Answer) -> dict[str, Any]:
    """The JSON form of one answer; what is empty is left out."""
    full = {
        "value": None if answer.value is None else raw_value(answer.value),
        "state": None if answer.value is not None else answer.state.value,
        "verified": None if answer.verified is None else raw_value(answer.verified),
        "reason": answer.reason or None,
        "remark": answer.remark or None,
        "sure": answer.sure,
        "evidence": list(answer.evidence) or None,
    }
    return {key: value for key, value in full.items() if value is not None}

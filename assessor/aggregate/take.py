"""From the bytes of a file to its row: guard, read, check, score anew. Whatever the bytes, there is a row."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assessor.aggregate.figures import STATE_CODES, figures_of
from assessor.aggregate.record import Assessed, Key, Part, Taken, Verdict
from assessor.answers.document import answers_document
from assessor.answers.model import Answers, AnswerState
from assessor.diagnosis import Diagnosis, diagnose
from assessor.errors import Problem
from assessor.exchange.read import Packs, Read, read_workbook
from assessor.exchange.report import fault_of
from assessor.pack.model import Pack

MAIN_SITE = "本部"
_LACKING = 12
_REST = 1_000


def take(data: bytes, name: str, packs: Packs) -> Taken:
    """The row of a file. `name` only serves messages; the row is the same under any other name.

    A defect of the program must not stop 30,000 firms: it becomes a row too, with the kind of error.
    """
    try:
        return _taken(read_workbook(data, name, packs))
    except Exception as error:  # noqa: BLE001  # the one place where a defect must not end the batch
        return unusable(digest_of(data), Problem("intake-defect", name, {"kind": type(error).__name__}))


def unusable(digest: str, problem: Problem) -> Taken:
    """The row of a file that could not be looked into."""
    return Taken(digest, "quarantined", faults=(fault_of(problem),))


def digest_of(data: bytes) -> str:
    """SHA-256 of the bytes."""
    return hashlib.sha256(data).hexdigest()


def _taken(read: Read) -> Taken:
    bare = Taken(
        digest=read.digest,
        state=read.state,
        pack=read.identity.pack if read.identity else "",
        version=read.identity.version if read.identity else "",
        uscc=_fact(read.answers, "uscc"),
        name=_fact(read.answers, "name"),
        faults=read.faults,
        repairs=read.repairs,
        notices=read.notices,
    )
    if read.state == "quarantined" or read.answers is None or read.pack is None:
        return bare
    return replace(bare, assessed=assess(read.pack, read.answers))


def _fact(answers: Answers | None, fact: str) -> str:
    return str(answers.firm.get(fact) or "") if answers else ""


def assess(pack: Pack, answers: Answers) -> Assessed:
    """Score an assessment, and keep what the agency needs of it."""
    found = diagnose(pack, answers)
    return Assessed(
        key=Key(_fact(answers, "uscc"), _fact(answers, "site") or MAIN_SITE, pack.id, answers.campaign),
        version=pack.version,
        pack_digest=pack.digest,
        date=answers.date,
        mode=answers.mode,
        name=_fact(answers, "name"),
        industry_code=_fact(answers, "industry_code"),
        region_code=_fact(answers, "region_code"),
        size=found.size,
        employees=_number(answers, "employees"),
        revenue_wan=_number(answers, "revenue_wan"),
        asked=found.progress.asked,
        settled=found.progress.settled,
        blanks=sum(1 for _ in _blanks(found)),
        content=_content(answers),
        verdicts=(*_points(found), *_indexes(found)),
        red_lines=tuple(line.id for line in found.red_lines),
        findings=tuple(sorted({str(one.values.get("rule", one.code)) for one in found.findings})),
        lacking=tuple(_lacking(found)),
        figures=figures_of(pack, found.answers, found.headline),
        states=bytes(STATE_CODES[found.states[question.id]] for question in pack.asked()),
    )


def _number(answers: Answers, fact: str) -> float | None:
    value = answers.fact(fact)
    return float(value) if isinstance(value, Decimal) else None


def _content(answers: Answers) -> str:
    """The digest of what is said; who typed it, and how the file was saved, doesn't count."""
    document = {key: part for key, part in answers_document(answers).items() if key != "by"}
    text = json.dumps(document, ensure_ascii=True, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _blanks(found: Diagnosis) -> Iterator[str]:
    side = found.main.result.counting
    for name in (*(one.id for one in side.questions), *(one.id for one in side.scenes)):
        if found.states[name] is AnswerState.UNANSWERED and found.answers.get(name).verified is None:
            yield name


def _points(found: Diagnosis) -> Iterator[Verdict]:
    for verdict in found.verdicts:
        side = verdict.result.counting
        parts = tuple(Part(one.id, one.span.low, one.span.high, one.span.most) for one in side.dimensions)
        span = side.span
        yield Verdict(
            verdict.result.model.id, span.low, span.high, span.most, side.level_low, side.level_high, parts
        )


def _indexes(found: Diagnosis) -> Iterator[Verdict]:
    for index in found.indexes:
        side = index.counting
        most = 100 * _REST
        low, high = (side.span.low, side.span.high) if side.span else (None, None)
        parts = tuple(
            Part(one.id, round(one.low * most), round(one.high * most), most)
            for one in side.dimensions
            if one.low is not None and one.high is not None
        )
        yield Verdict(index.model.id, low, high, most, side.level_low, side.level_high, parts)


def _lacking(found: Diagnosis) -> Iterator[str]:
    """What stands between the firm and its next level: scenes below it, else the questions with most room."""
    gaps = found.main.gaps
    if gaps is None:
        return
    if gaps.scenes and (gaps.scene_count or gaps.binding_count):
        yield from (scene.id for scene in gaps.scenes[:_LACKING])
    if gaps.score:
        yield from (point.question for point in gaps.points[:_LACKING])

"""What should be looked at once more before one leaves the plant?

Takes the answers with what was found out about them; gives a list, the gravest first, each line with the
question to turn to. It decides nothing: all of it may stay as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assessor.answers.model import Answers, AnswerState, Finding
from assessor.answers.rules import expression
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion
from assessor.pack.rule import RedLine

Group = Literal["red_line", "core", "skipped", "unseen", "finding", "differs", "unsure"]
GROUPS: tuple[Group, ...] = ("red_line", "core", "skipped", "unseen", "finding", "differs", "unsure")
"""`red_line`: a legal floor is touched and no evidence lies with it · `core`: a core scene is blank ·
`skipped`: passed over, though later questions of the section are answered · `unseen`: a core scene was
claimed and not looked at on site · `finding`: something is doubtful · `differs`: seen otherwise than
claimed · `unsure`: whoever answered was not sure."""
_UNSURE = 1

States = Mapping[str, AnswerState]


@dataclass(frozen=True, slots=True)
class Left:
    """One line: the questions or facts it is about, the first being the one to turn to."""

    group: Group
    ids: tuple[str, ...]
    finding: Finding | None = None
    line: RedLine | None = None

    @property
    def key(self) -> str:
        """Where to look."""
        return self.ids[0]


def leaving(
    pack: Pack, answers: Answers, states: States, findings: Sequence[Finding], lines: Sequence[RedLine]
) -> tuple[Left, ...]:
    """The list, by group in the order of `GROUPS`, then by the order of the questionnaire."""
    blank = [key for key, state in states.items() if state is AnswerState.UNANSWERED]
    core = [key for key in blank if _is_core(pack, key)]
    found = [
        *_unproven(pack, answers, states, lines),
        *(Left("core", (key,)) for key in core),
        *(Left("skipped", (key,)) for key in _passed_over(pack, states) if key not in core),
        *(Left("unseen", (key,)) for key in _unseen(pack, answers, states)),
        *(Left("finding", ids, finding=finding) for finding, ids in _placed(pack, states, findings)),
        *(Left("differs", (key,)) for key in _differing(answers, states)),
        *(Left("unsure", (key,)) for key, state in states.items() if _is_unsure(answers, key, state)),
    ]
    return tuple(found)


def _is_core(pack: Pack, key: str) -> bool:
    question = pack.questions[key]
    return isinstance(question, LevelQuestion) and question.core


def _unproven(pack: Pack, answers: Answers, states: States, lines: Sequence[RedLine]) -> Iterator[Left]:
    for line in lines:
        ids = tuple(key for key in expression(line.when).ids if key in pack.items)
        asked = tuple(key for key in ids if states.get(key) is not AnswerState.NOT_ASKED)
        if asked and not any(answers.get(key).evidence for key in asked):
            yield Left("red_line", asked, line=line)


def _passed_over(pack: Pack, states: States) -> Iterator[str]:
    for section in pack.sections:
        asked = [q.id for q in section.questions if states[q.id] is not AnswerState.NOT_ASKED]
        given = [place for place, key in enumerate(asked) if states[key] is not AnswerState.UNANSWERED]
        until = given[-1] if given else 0
        yield from (key for key in asked[:until] if states[key] is AnswerState.UNANSWERED)


def _unseen(pack: Pack, answers: Answers, states: States) -> Iterator[str]:
    if answers.mode != "onsite":
        return
    for key, state in states.items():
        if state is AnswerState.ANSWERED and _is_core(pack, key) and answers.get(key).verified is None:
            yield key


def _placed(
    pack: Pack, states: States, findings: Sequence[Finding]
) -> Iterator[tuple[Finding, tuple[str, ...]]]:
    """Findings with those of their ids that one can turn to."""
    for finding in findings:
        known = [key for key in finding.ids if key in pack.items]
        asked = tuple(key for key in known if states.get(key) is not AnswerState.NOT_ASKED)
        if asked:
            yield finding, asked


def _differing(answers: Answers, states: States) -> Iterator[str]:
    for key, state in states.items():
        answer = answers.get(key)
        if state is AnswerState.ANSWERED and answer.verified is not None and answer.verified != answer.value:
            yield key


def _is_unsure(answers: Answers, key: str, state: AnswerState) -> bool:
    return state is AnswerState.ANSWERED and answers.get(key).sure == _UNSURE

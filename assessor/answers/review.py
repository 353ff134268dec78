"""What should a firm know about its answers before it hands them in: blank, contradictory, doubtful?

Takes the answers with what was found out about them; decides nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessor.answers.model import Answers, AnswerState, Finding
from assessor.answers.state import is_asked
from assessor.pack.model import Pack

_UNSURE = 1


@dataclass(frozen=True, slots=True)
class Review:
    """Ids in the order of the questionnaire. `facts`: particulars that must be there and are not.

    `contradictions` can't both be true; `doubts` are all other findings; `unsure` was so marked by who
    answered.
    """

    facts: tuple[str, ...]
    blank: tuple[str, ...]
    contradictions: tuple[Finding, ...]
    doubts: tuple[Finding, ...]
    unsure: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.facts or self.blank or self.contradictions or self.doubts or self.unsure)


def review(
    pack: Pack, answers: Answers, states: Mapping[str, AnswerState], findings: Sequence[Finding]
) -> Review:
    """What to look at before the answers leave the house."""
    contradictions = tuple(one for one in findings if is_contradiction(one))
    return Review(
        facts=tuple(
            fact.id
            for fact in pack.facts
            if fact.required and is_asked(fact, answers) and answers.fact(fact.id) is None
        ),
        blank=tuple(key for key, state in states.items() if state is AnswerState.UNANSWERED),
        contradictions=contradictions,
        doubts=tuple(one for one in findings if one not in contradictions),
        unsure=tuple(
            key
            for key, state in states.items()
            if state is AnswerState.ANSWERED and answers.get(key).sure == _UNSURE
        ),
    )


def is_contradiction(finding: Finding) -> bool:
    """Whether it says that two things can't both be true: two figures, or a rule of that effect."""
    return finding.code == "letter-against-figures" or finding.values.get("effect") == "contradiction"

"""Why this score? The tree from the verdict down to the answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assessor.answers.model import AnswerState
from assessor.pack.maturity import Dimension, Indicator, Part, PointsModel
from assessor.pack.record import Cite
from assessor.scoring.result import QuestionScore, SideResult, Span


@dataclass(frozen=True, slots=True)
class Explanation:
    """One node: what it is, its weight (per cent of the node above), its points and its source.

    A leaf names its question and the state of its answer.
    """

    title: str
    title_en: str
    weight: Decimal | None
    span: Span
    cite: Cite
    question: str = ""
    state: AnswerState | None = None
    parts: tuple["Explanation", ...] = ()

    def leaves(self) -> Iterator["Explanation"]:
        """All nodes that name a question."""
        if self.question:
            yield self
        for part in self.parts:
            yield from part.leaves()


def explain(model: PointsModel, result: SideResult) -> Explanation:
    """The tree of a verdict; each node's points are the sum of its parts'."""
    by_id = {question.id: question for question in result.questions}
    parts = tuple(_dimension(model, dimension, by_id) for dimension in model.dimensions)
    return Explanation(model.title, model.title_en, None, result.span, model.cite, parts=parts)


def _dimension(model: PointsModel, dimension: Dimension, by_id: dict[str, QuestionScore]) -> Explanation:
    parts = tuple(_part(model, part, by_id) for part in dimension.parts)
    return Explanation(
        dimension.title, dimension.title_en, dimension.points, _sum(parts), model.cite, parts=parts
    )


def _part(model: PointsModel, part: Part, by_id: dict[str, QuestionScore]) -> Explanation:
    leaves = tuple(_leaf(model, indicator, by_id[indicator.question]) for indicator in part.indicators)
    return Explanation(part.title, part.title_en, part.weight, _sum(leaves), model.cite, parts=leaves)


def _leaf(model: PointsModel, indicator: Indicator, scored: QuestionScore) -> Explanation:
    return Explanation(
        indicator.title,
        indicator.title_en,
        indicator.weight,
        scored.span,
        model.cite,
        question=indicator.question,
        state=scored.state,
    )


def _sum(parts: tuple[Explanation, ...]) -> Span:
    return Span(
        sum(part.span.low for part in parts),
        sum(part.span.high for part in parts),
        sum(part.span.most for part in parts),
    )

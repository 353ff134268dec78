"""What is wrong with a maturity model? Weights, points, gates and references."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from assessor.errors import Problem
from assessor.pack.check import Check, Checked
from assessor.pack.maturity import Dimension, Indicator, Part, PointsModel
from assessor.pack.question import LevelQuestion, MultiQuestion, Question, option_ids
from assessor.words import _


def references(checked: Checked) -> Iterator[Problem]:
    """A model scores questions that exist and have options; its scenes are level questions."""
    for model in checked.pack.models:
        for *_above, leaf in model.indicators():
            if not option_ids_of(checked, leaf.question):
                yield checked.problem("pack-unknown-id", f"{model.id} {leaf.question}", id=leaf.question)
        for scene in model.scenes:
            if not isinstance(checked.pack.questions.get(scene.id), LevelQuestion):
                yield checked.problem("pack-unknown-id", f"{model.id} {scene.id}", id=scene.id)


def option_ids_of(checked: Checked, question_id: str) -> tuple[str, ...]:
    """Options of a question, empty when it does not exist or has none."""
    question = checked.pack.questions.get(question_id)
    return option_ids(question) if question else ()


def sources(checked: Checked) -> Iterator[Problem]:
    """A model and its gates name entries of `sources.yaml`."""
    for model in checked.pack.models:
        cites = [(model.cite, f"model {model.id}"), (model.gates.cite, f"model {model.id}")]
        cites += [(scene.cite, f"{model.id} {scene.id}") for scene in model.scenes if scene.cite]
        for cite, key in cites:
            for name in cite.source:
                if name not in checked.pack.sources:
                    yield checked.problem("pack-source-unknown", key, source=name)


def weights(checked: Checked) -> Iterator[Problem]:
    """Known weights add up: dimensions to the total, parts and indicators to 100."""
    for model in checked.pack.models:
        total = _sum([dimension.points for dimension in model.dimensions])
        if total is not None and total != model.total:
            key = f"model {model.id}"
            yield checked.problem(
                "pack-weights",
                key,
                what=model.title,
                sum=_("{total}（总分 {total2}）").format(total=total, total2=model.total),
            )
        for dimension in model.dimensions:
            yield from _weights_below(checked, model, dimension)


def _weights_below(checked: Checked, model: PointsModel, dimension: Dimension) -> Iterator[Problem]:
    total = _sum([part.weight for part in dimension.parts])
    if total is not None and total != 100:
        key = f"{model.id} {dimension.id}"
        yield checked.problem("pack-weights", key, what=dimension.title, sum=total)
    for part in dimension.parts:
        inner = _sum([leaf.weight for leaf in part.indicators])
        if inner is not None and inner != 100:
            key = f"{model.id} {dimension.id} {part.id}"
            yield checked.problem("pack-weights", key, what=part.title, sum=inner)


def _sum(values: list[Decimal | None]) -> Decimal | None:
    """The sum, None when one is unknown."""
    return None if None in values else sum((v for v in values if v is not None), Decimal(0))


def points(checked: Checked) -> Iterator[Problem]:
    """Each option of a scored question has points, to the thousandth, and the best is worth its weight."""
    for model in checked.pack.models:
        for dimension, part, leaf in model.indicators():
            question = checked.pack.questions.get(leaf.question)
            if question is not None and leaf.points is not None:
                yield from _points_of(checked, model, dimension, part, leaf, question)


def _points_of(
    checked: Checked,
    model: PointsModel,
    dimension: Dimension,
    part: Part,
    leaf: Indicator,
    question: Question,
) -> Iterator[Problem]:
    key = f"{model.id} {leaf.question}"
    given = leaf.points or {}
    options = option_ids(question)
    missing = [option for option in options if option not in given]
    if missing:
        yield checked.problem("pack-points-missing", key, id=leaf.question, options=_("、").join(missing))
    for option, value in given.items():
        if option not in options:
            known = _("、").join(options)
            yield checked.problem("pack-unknown-option", key, id=leaf.question, option=option, known=known)
        if 1000 * value != int(1000 * value):
            yield checked.problem("pack-milli", key, what=f"{leaf.question}.{option}", value=value)
    if dimension.points is None or part.weight is None or leaf.weight is None or missing or not given:
        return
    expected = dimension.points * part.weight * leaf.weight / 10_000
    best = sum(given.values()) if isinstance(question, MultiQuestion) else max(given.values())
    if best != expected:
        yield checked.problem(
            "pack-points", key, id=leaf.question, points=best, expected=f"{expected.normalize():f}"
        )


def gates(checked: Checked) -> Iterator[Problem]:
    """Gates rise with the level, and ask for no more than there is."""
    for model in checked.pack.models:
        rows = model.gates.rows
        for number, gate in enumerate(rows, 1):
            key = f"{model.id} gate {gate.level}"
            if gate.level != number:
                yield checked.problem(
                    "pack-gates", key, reason=_("第 {number} 行应为 {number} 级").format(number=number)
                )
            if gate.scenes > len(model.scenes) or gate.binding > sum(s.binding for s in model.scenes):
                yield checked.problem("pack-gates", key, reason=_("要求的场景数多于模型的场景数"))
            if gate.score > model.total:
                yield checked.problem("pack-gates", key, reason=_("要求的分数高于总分"))
            if 1000 * gate.score != int(1000 * gate.score):
                yield checked.problem(
                    "pack-milli", key, what=_("{level} 级门槛").format(level=gate.level), value=gate.score
                )
        for lower, upper in pairwise(rows):
            if any(getattr(lower, part) > getattr(upper, part) for part in ("score", "scenes", "binding")):
                yield checked.problem("pack-gates", f"{model.id} gate {upper.level}", reason=_("低于下一级"))
        known = {level.level for level in model.levels}
        if known != {0, *(gate.level for gate in rows)}:
            yield checked.problem("pack-gates", f"model {model.id}", reason=_("与 levels 不一致"))


MODEL_CHECKS: tuple[Check, ...] = (references, sources, weights, points, gates)

"""The chapter on verdicts: what every model says of the same answers, one row each."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessor.diagnosis import Diagnosis, Verdict
from assessor.pack.record import Cite
from assessor.report.charts.marks import shown_sides
from assessor.report.context_index import index_standing
from assessor.report.standard_text import held_text, told_text, why_text
from assessor.report.wording import find_source, level_sentence, missing_of, source_text, standing_text
from assessor.scoring.index_result import IndexResult
from assessor.words import SOURCE_KINDS, SURE, _, named


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model. `said` is the verdict that counts, `claimed` the firm's own where it is another one.

    `basis` tells where the model comes from and how sure that is.
    """

    title: str
    said: str
    claimed: str
    more: str
    basis: str


def model_rows(diagnosis: Diagnosis) -> tuple[ModelRow, ...]:
    """Models of points first, then indexes, other standards, and what the firm holds on paper."""
    return tuple(_rows(diagnosis))


def _rows(diagnosis: Diagnosis) -> Iterator[ModelRow]:
    for verdict in diagnosis.verdicts:
        yield _points(diagnosis, verdict)
    for index in diagnosis.indexes:
        yield _index(diagnosis, index)
    for result in diagnosis.standards:
        yield ModelRow(
            title=named(result.model),
            said=told_text(result),
            claimed="",
            more=why_text(result),
            basis=_basis(diagnosis, result.model.cite),
        )
    for held in diagnosis.reported:
        yield ModelRow(named(held.model), held_text(held), "", "", _basis(diagnosis, held.model.cite))


def _points(diagnosis: Diagnosis, verdict: Verdict) -> ModelRow:
    result = verdict.result
    model, claimed = result.model, ""
    if result.headline == "verified" and len(shown_sides(result)) > 1:
        claimed = _("{standing}。").format(standing=standing_text(model, result.claimed))
    why = level_sentence(verdict)
    return ModelRow(
        title=named(model),
        said=_("{standing}。").format(standing=standing_text(model, result.counting)),
        claimed=claimed,
        more=f"{missing_of(verdict)}{why}{(_('。') if why else '')}",
        basis=_basis(diagnosis, model.cite),
    )


def _index(diagnosis: Diagnosis, index: IndexResult) -> ModelRow:
    said, claimed = index_standing(index, index.counting), index_standing(index, index.claimed)
    return ModelRow(
        title=named(index.model),
        said=_("{said}。").format(said=said),
        claimed=_("{claimed}。").format(claimed=claimed) if claimed != said else "",
        more=_("本工具研制，专家判断，非官方评价。"),
        basis=_basis(diagnosis, index.model.cite),
    )


def _basis(diagnosis: Diagnosis, cite: Cite) -> str:
    """Kind, how sure, and the first source; all of them stand in the chapter on method."""
    first, *others = cite.source
    source = find_source(diagnosis.pack, first)
    more = _("；另有 {count} 份").format(count=len(others)) if others else ""
    head = _("{source_kinds}，{sure}").format(
        source_kinds=_(SOURCE_KINDS[cite.kind]), sure=_(SURE[cite.sure])
    )
    return _("{head}：{rest}{more}").format(
        head=head, rest=source_text(source, cite.clause) if source else first, more=more
    )

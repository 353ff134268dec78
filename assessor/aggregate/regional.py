"""The regional picture: ledger, population, figures, response; what tables and bulletin are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessor.aggregate.collect import Collected
from assessor.aggregate.database import Intake
from assessor.aggregate.decide import Decided
from assessor.aggregate.disclosure import PublicFigure, public
from assessor.aggregate.movement import Movement, movement
from assessor.aggregate.population import Group, Population, populate
from assessor.aggregate.roster import Expected, Response, responses
from assessor.aggregate.statistics import Figure, Matrices, statistics
from assessor.aggregate.wording import Words
from assessor.answers.model import Mode
from assessor.pack.question import Question

Named = Mapping[tuple[str, str], Figure]
"""Figures of a group by indicator and statistic."""


@dataclass(frozen=True)
class Regional:
    """One campaign as a whole. `responses` is None where there was no list of expected firms."""

    ledger: tuple[Decided, ...]
    states: Mapping[str, int]
    population: Population
    figures: tuple[Figure, ...]
    questions: Mapping[str, Sequence[Question]]
    responses: tuple[Response, ...] | None

    @cached_property
    def public(self) -> Sequence[PublicFigure]:
        """The figures that may leave the house."""
        return public(self.figures)

    @cached_property
    def words(self) -> Words:
        """What everything is called."""
        return Words(self.population)

    @cached_property
    def by_group(self) -> Mapping[Group, Named]:
        """The figures group by group."""
        found: dict[Group, dict[tuple[str, str], Figure]] = {}
        for one in self.figures:
            found.setdefault(one.group, {})[one.indicator, one.statistic] = one
        return found

    @property
    def main_model(self) -> str:
        """The model that heads every page; empty without a single assessment."""
        packs = self.population.packs.values()
        return next((pack.models[0].id for pack in packs), "") if self.population.members else ""

    @cached_property
    def movement(self) -> Movement | None:
        """How the levels moved since the campaign before; None where its files are not among these."""
        return movement(self.ledger, self.population, self.main_model)

    @property
    def modes(self) -> Sequence[Mode]:
        """The modes that occur, the commoner first."""
        told: list[Mode] = [one.mode for one in self.population.members]
        return sorted(set(told), key=lambda mode: (-told.count(mode), mode))


def regional(
    collected: Collected, rows: Intake, campaign: str = "", roster: Sequence[Expected] | None = None
) -> Regional:
    """Sum up what was collected."""
    population = populate(collected.ledger, collected.packs, campaign)
    matrices = Matrices(population, rows.figures(population.digests))
    packs = {one.key.pack for one in population.members}
    return Regional(
        ledger=collected.ledger,
        states=collected.states,
        population=population,
        figures=tuple(statistics(population, matrices)),
        questions={pack: matrices.questions(pack) for pack in sorted(packs)},
        responses=None if roster is None else tuple(responses(roster, collected.ledger)),
    )

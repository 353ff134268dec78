"""Diagnoses to report on: the shipped sample firms, and firms that answered nothing or everything."""

from decimal import Decimal
from pathlib import Path

import pytest

from assessor.answers.model import Answer, Answers, Ratio, Trend, Value
from assessor.commands import Places, diagnose_file
from assessor.diagnosis import Diagnosis, diagnose
from assessor.pack.model import Pack
from assessor.pack.question import (
    LevelQuestion,
    MultiQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    TrendQuestion,
)


def best(question: Question) -> Value | None:
    """The answer that gives most; None where nothing is scored."""
    match question:
        case LevelQuestion():
            return 4
        case SingleQuestion():
            return question.options[-1].id
        case MultiQuestion():
            return tuple(option.id for option in question.options if not option.none)
        case RatioQuestion():
            return Ratio(Decimal(95), Decimal(100))
        case TrendQuestion():
            return Trend(letter="C")
    return None


def _sample(questionnaires: Path, name: str) -> Diagnosis:
    here = Places(Path("nowhere"), (questionnaires,))
    return diagnose_file(here, questionnaires / "tires/samples" / name)


@pytest.fixture(scope="session")
def demo(questionnaires: Path) -> Diagnosis:
    """A firm visited on site, nearly everything answered and seen."""
    return _sample(questionnaires, "demo.json")


@pytest.fixture(scope="session")
def retread(questionnaires: Path) -> Diagnosis:
    """A small firm's own account, much of it missing."""
    return _sample(questionnaires, "retread.json")


@pytest.fixture(scope="session")
def blank(tires: Pack) -> Diagnosis:
    """Nothing answered at all."""
    return diagnose(tires, Answers("tires", tires.version, {}, {}))


@pytest.fixture(scope="session")
def full(tires: Pack) -> Diagnosis:
    """Everything at its best, on both sides."""
    values = {question.id: best(question) for question in tires.asked()}
    items = {key: Answer(value, verified=value) for key, value in values.items() if value is not None}
    return diagnose(tires, Answers("tires", tires.version, {}, items, mode="onsite", date="2026-05-20"))


@pytest.fixture(scope="session")
def plain(common: Pack) -> Diagnosis:
    """A firm of no shipped trade."""
    values = {question.id: best(question) for question in common.asked()}
    items = {key: Answer(value) for key, value in values.items() if value is not None}
    firm: dict[str, Value] = {"name": "通用示例厂"}
    return diagnose(common, Answers("common", common.version, firm, items, date="2026-05-20"))


@pytest.fixture(scope="session")
def diagnoses(
    demo: Diagnosis, retread: Diagnosis, blank: Diagnosis, full: Diagnosis, plain: Diagnosis
) -> dict[str, Diagnosis]:
    """All of them by name."""
    return {"demo": demo, "retread": retread, "blank": blank, "full": full, "plain": plain}

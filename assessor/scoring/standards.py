"""All other standards of a pack over one assessment."""

from assessor.answers.model import Answers
from assessor.pack.model import Pack
from assessor.pack.standard import CapabilityModel
from assessor.scoring.capability import read_capability
from assessor.scoring.ladder import climb
from assessor.scoring.standard_result import StandardResult


def judge_standards(pack: Pack, seen: Answers) -> tuple[StandardResult, ...]:
    """Every other standard in the order of the pack; `seen` as `effective` gives the answers."""
    return tuple(
        read_capability(pack, model, seen) if isinstance(model, CapabilityModel) else climb(pack, model, seen)
        for model in pack.standards
    )

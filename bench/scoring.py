"""Many firms at once: the array engine beside the plain per-firm implementation of the tests."""

from pathlib import Path

import numpy as np

from assessor import commands
from assessor.answers.document import answers_document
from assessor.answers.effective import effective
from assessor.scoring.encode import encode
from assessor.scoring.engine import score
from assessor.scoring.index import IndexCodes, encode_index, score_many
from assessor.scoring.index_verdict import compiled_index
from assessor.scoring.result import compiled_model, score_all
from assessor.scoring.robustness import robustness
from bench.firms import draw
from bench.table import Row, show, timed
from tests.scoring import index_oracle, oracle

FIRMS = 30_000
DRAWN = 3_000


def run(sample: Path) -> None:
    """Measure on drawn tire firms; 3,000 are drawn and repeated to 30,000."""
    here = commands.places()
    pack = commands.get_pack(here, "tires")
    drawn = list(draw(pack, DRAWN))
    model, index = pack.models[0], pack.indexes[0]
    compiled, indexed = compiled_model(pack, model.id), compiled_index(pack, index)
    repeat = FIRMS // DRAWN
    codes = np.tile(np.stack([encode(compiled, one, "claimed") for one in drawn]), (repeat, 1))
    parts = _stacked([encode_index(pack, indexed, one, ["claimed"]) for one in drawn], repeat)

    def arrays() -> None:
        score(compiled, codes)
        score_many(indexed, parts)

    documents = [answers_document(one)["answers"] for one in drawn]
    wholes = [answers_document(one) for one in drawn]

    def plainly() -> None:
        for document, whole in zip(documents, wholes, strict=True):
            oracle.judge(document, "claimed")
            index_oracle.judge(whole["answers"], "claimed", index_oracle.tire_scenes(whole["firm"]))

    plain = timed(plainly, 3)
    per_firm = Row(
        f"per-firm implementation, {FIRMS} firms, every model",
        [time * repeat for time in plain],
        note=f"{DRAWN} measured, times {repeat}",
    )
    engine = Row(f"array engine, {FIRMS} firms, every model, both ends", timed(arrays, 9), per_firm)
    _, answers = commands.read_answers(here, sample)
    one = Row(
        "one firm rescored after one answer", timed(lambda: score_all(pack, effective(pack, answers)), 200)
    )
    seen = effective(pack, answers)
    draws = Row("robustness, 10,000 draws of weights", timed(lambda: robustness(pack, index, seen), 9))
    show("Scoring", [per_firm, engine, one, draws])


def _stacked(codes: list[IndexCodes], repeat: int) -> IndexCodes:
    def pile(name: str) -> np.ndarray:
        return np.tile(np.concatenate([getattr(one, name) for one in codes]), (repeat, 1))

    return IndexCodes(pile("points"), pile("shares"), pile("scenes"), pile("scene_weights"))

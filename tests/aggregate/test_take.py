"""One file in, one row out, whatever it is."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.aggregate.figures import matrix
from assessor.aggregate.record import packed, slim, unpacked
from assessor.aggregate.take import take
from assessor.diagnosis import diagnose
from assessor.pack.model import Pack
from tests.aggregate.firms import Sender


def test_row__scores_as_the_window_does(sender: Sender) -> None:
    answers = sender.answers(1)
    said = sender.row(1).assessed
    assert said is not None
    side = diagnose(sender.pack, answers).main.result.counting
    verdict = said.verdicts[0]
    assert (verdict.low, verdict.high) == (side.span.low, side.span.high)
    assert (verdict.level_low, verdict.level_high) == (side.level_low, side.level_high)
    assert [(part.low, part.high) for part in verdict.parts] == [
        (part.span.low, part.span.high) for part in side.dimensions
    ]


def test_row__keeps_every_answer_as_a_number(sender: Sender) -> None:
    said = sender.row(1).assessed
    assert said is not None
    columns = [question.id for question in sender.pack.asked()]
    [figures] = matrix([said.figures], len(columns))
    told = dict(zip(columns, figures.tolist(), strict=True))
    assert (told["C1"], told["C2"], told["C3"], told["R1"], told["N1"], told["T1"]) == (1, 2, 1, 20, 7.5, 2)
    assert told["D1"] != told["D1"], "not answered"


def test_row__survives_the_database_whole(sender: Sender) -> None:
    row = sender.row(1, drop=("T1",))
    assert row.assessed is not None
    assert unpacked(packed(row), row.assessed.figures, row.assessed.states) == row
    assert unpacked(packed(row)) == slim(row)


def test_row__does_not_depend_on_the_name(sender: Sender) -> None:
    data = sender.book(1)
    rows = [take(data, name, lambda name, version: sender.pack) for name in ("a.xlsx", "=b.XLSX")]
    assert rows[0] == rows[1]


def test_content__is_the_same_whoever_saved_the_file(sender: Sender) -> None:
    data = sender.book(1)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))
    one, other = (
        take(each, "x.xlsx", lambda name, version: sender.pack) for each in (data, buffer.getvalue())
    )
    assert one.digest != other.digest
    assert one.assessed and other.assessed
    assert one.assessed.content == other.assessed.content


def test_blanks__count_what_the_first_model_scores(sender: Sender) -> None:
    counts = [
        said.blanks
        for drop in ((), ("R1",), ("R1", "T1"), ("N1",))
        if (said := sender.row(2, drop=drop).assessed)
    ]
    assert counts == [0, 1, 2, 0], "N1 scores nothing"


def test_pack_that_is_not_here__is_a_row(sender: Sender) -> None:
    row = take(sender.book(1), "x.xlsx", lambda name, version: None)
    assert (row.state, row.faults[0].code, row.pack) == ("quarantined", "workbook-pack", "valid")


def test_defect_of_the_program__is_a_row_too(sender: Sender) -> None:
    def broken(name: str, version: str) -> Pack | None:
        raise ZeroDivisionError

    row = take(sender.book(1), "x.xlsx", broken)
    assert (row.state, row.faults[0].code) == ("quarantined", "intake-defect")
    assert "ZeroDivisionError" in row.faults[0].reason


@given(data=st.binary(max_size=300))
def test_any_bytes__give_a_row(data: bytes) -> None:
    row = take(data, "x.xlsx", lambda name, version: None)
    assert (row.state, row.assessed) == ("quarantined", None)
    assert row.faults[0].reason and row.faults[0].remedy


@pytest.mark.parametrize("seed", range(12))
def test_damaged_workbook__is_never_taken_for_a_sound_one(sender: Sender, seed: int) -> None:
    data = bytearray(sender.book(1))
    place = (seed * 7919 + 1000) % len(data)
    data[place] ^= 1 << seed % 8
    row, sound = take(bytes(data), "x.xlsx", lambda name, version: sender.pack), sender.row(1)
    if row.assessed:
        assert sound.assessed and row.assessed.content == sound.assessed.content
    else:
        assert row.faults

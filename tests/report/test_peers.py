"""Beside peers: the kinds of reference stay apart, and an expert estimate is never more than a word."""

import re

from assessor.diagnosis import Diagnosis
from assessor.report.context_feeds import blank_rows, feed_rows, link_rows
from assessor.report.context_peers import peers
from assessor.report.looks import load_looks

THEME = load_looks().light


def test_expert_bands__speak_in_three_words_without_a_rank(diagnoses: dict[str, Diagnosis]) -> None:
    found = peers(diagnoses["demo"], THEME)
    assert "专家参考，未经抽样" in found.label
    assert "n=0" in found.label
    for row in (*found.scenes, *found.quantities):
        assert row.word in ("", "偏低", "相当", "偏高")
        assert "优于" not in row.band
        assert not re.search(r"\d\.\d\d", row.band)


def test_a_red_line_duty__has_no_place_among_peers(diagnoses: dict[str, Diagnosis]) -> None:
    duty = next(row for row in peers(diagnoses["demo"], THEME).quantities if row.id == "TQ24")
    assert duty.word == ""
    assert "100%" in duty.band


def test_another_definition__is_never_subtracted(diagnoses: dict[str, Diagnosis]) -> None:
    by_id = {position.question.id: position for position in diagnoses["demo"].positions}
    for row in peers(diagnoses["demo"], THEME).quantities:
        for line in row.published:
            assert ("不相减" in line) != ("本企业" in line)
        assert len(row.published) <= len(by_id[row.id].published)


def test_a_self_assessment__is_told_that_the_reference_is_stricter(diagnoses: dict[str, Diagnosis]) -> None:
    assert "自评通常偏高" in peers(diagnoses["retread"], THEME).basis
    assert peers(diagnoses["demo"], THEME).basis == ""


def test_feeds__name_every_part_of_every_model(diagnoses: dict[str, Diagnosis]) -> None:
    diagnosis = diagnoses["demo"]
    parts = [row.part for row in feed_rows(diagnosis)]
    assert {part.title for index in diagnosis.pack.indexes for _, part in index.parts()} <= set(parts)
    assert {part.title for model in diagnosis.pack.models for part in model.dimensions} <= set(parts)
    linked = [row.scene.split()[0] for row in link_rows(diagnosis)]
    ministry = [diagnosis.pack.questions[scene.id].title for scene in diagnosis.main.result.model.scenes]
    assert linked == [*(scene.id for scene in diagnosis.pack.scenes), *ministry]


def test_blank_questions__are_those_without_an_answer(diagnoses: dict[str, Diagnosis]) -> None:
    diagnosis = diagnoses["retread"]
    side = diagnosis.headline
    for row in blank_rows(diagnosis):
        assert diagnosis.answers.get(row.id).on(side) is None
        assert row.points or row.level

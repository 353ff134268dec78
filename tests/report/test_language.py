"""The report in English: no Chinese but what packs and the firm said; Chinese reports stay as they are."""

from pathlib import Path

import lxml.html
import pytest

from assessor.commands import Places, diagnose_file
from assessor.language import speaking
from assessor.report.charts.bars import dimensions_title
from assessor.report.context_evidence import NO_PICTURES
from assessor.report.html import render_html
from assessor.report.wording import date_text, level_text, numeral
from tests.chinese import own_chinese


@pytest.fixture(scope="module")
def english(questionnaires: Path) -> lxml.html.HtmlElement:
    """The report on the sample tire plant, in English."""
    here = Places(Path("nowhere"), (questionnaires,))
    with speaking("en"):
        diagnosis = diagnose_file(here, questionnaires / "tires/samples/demo.json")
        return lxml.html.document_fromstring(render_html(diagnosis, NO_PICTURES))


def test_english__has_no_chinese_of_our_own(english: lxml.html.HtmlElement, questionnaires: Path) -> None:
    for style in english.iter("style"):
        style.text = ""
    texts = [
        text for part in english.iter() for text in (part.text, part.tail, *part.attrib.values()) if text
    ]
    assert list(own_chinese(texts, questionnaires)) == []


def test_english__says_that_long_texts_are_chinese(english: lxml.html.HtmlElement) -> None:
    assert "quoted in Chinese" in english.text_content()
    assert english.get("lang") == "en-GB"


def test_english__names_questions_scenes_levels_and_models(english: lxml.html.HtmlElement) -> None:
    text = english.text_content()
    for name in ("Mixing", "Digital foundation", "Initial", "SME digital level index (MIIT, 2024 edition)"):
        assert name in text


def test_dates__are_written_as_each_language_does() -> None:
    assert [date_text(day) for day in ("2026-05-20", "2026-05", "2026")] == [
        "2026年5月20日",
        "2026年5月",
        "2026年",
    ]
    with speaking("en"):
        assert [date_text(day) for day in ("2026-05-20", "2026-05", "2026")] == [
            "20 May 2026",
            "May 2026",
            "2026",
        ]
        assert date_text("2026-13-01") == "2026-13-01"


def test_chapters_and_levels__are_counted_as_each_language_does(questionnaires: Path) -> None:
    here = Places(Path("nowhere"), (questionnaires,))
    model = diagnose_file(here, questionnaires / "tires/samples/demo.json").main.result.model
    assert (numeral(12), level_text(model, 2)) == ("十二", "二级（规范级）")
    with speaking("en"):
        assert (numeral(12), level_text(model, 2)) == ("12", "level 2 (Standardised)")


def test_a_chart__names_its_finding_in_english(questionnaires: Path) -> None:
    here = Places(Path("nowhere"), (questionnaires,))
    result = diagnose_file(here, questionnaires / "tires/samples/demo.json").main.result
    with speaking("en"):
        assert dimensions_title(result).startswith(("Weakest dimension", "Answers are missing"))

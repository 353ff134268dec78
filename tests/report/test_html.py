"""The web page: one file, nothing fetched, every letter in it, nothing of a firm taken for markup."""

import base64
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor import shipped
from assessor.answers.document import parse_answers
from assessor.answers.model import Answer
from assessor.diagnosis import Diagnosis, diagnose
from assessor.errors import UserError
from assessor.pack.model import Pack
from assessor.report.html import render_html, render_paper, write_html
from tests.answers.draw import documents

NAMES = ("demo", "retread", "blank", "full", "plain")


@pytest.fixture(scope="module")
def page(demo: Diagnosis) -> str:
    return render_html(demo)


class _Shown(HTMLParser):
    """The text a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden = tag in ("style", "title", "desc")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self.hidden else data


def shown(page: str) -> str:
    reader = _Shown()
    reader.feed(page)
    return reader.text


def test_page__fetches_nothing(page: str) -> None:
    bare = page.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "http:" not in bare
    assert "https:" not in bare
    assert not re.findall(r"<(?:script|link|img|iframe|object|embed)\b", bare)
    assert all(url.startswith("data:font/woff2") for url in re.findall(r"url\(([^)]{0,40})", bare))
    assert "@import" not in bare
    assert all(target.startswith("#") for target in re.findall(r'(?:href|src)="([^"]*)"', bare))


def test_page__links_lead_somewhere(page: str) -> None:
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'\bid="([^"]+)"', page))


def test_page__is_small(page: str) -> None:
    assert len(page.encode()) < 700_000


def test_page__carries_every_letter_it_shows(page: str) -> None:
    fonts = [TTFont(BytesIO(base64.b64decode(data))) for data in re.findall(r"base64,([^)]+)\)", page)]
    plain, bold = (set(font.getBestCmap()) for font in fonts)
    assert {ord(char) for char in shown(page) if not char.isspace()} <= plain
    heavy = "".join(re.findall(r"<(?:h1|h2|b|th)\b[^>]*>([^<]*)<", page))
    assert {ord(char) for char in heavy if not char.isspace() and char != "&"} <= bold


def test_styles__bold_is_a_matter_of_tags() -> None:
    for name in ("paper.css", "screen.css"):
        css = (shipped("reports") / name).read_text(encoding="utf-8")
        rules = re.findall(r"([^{}]+)\{[^{}]*font-weight: 700", css)
        assert all(rule.split("*/")[-1].strip() in ("h1, h2, b, th", ".grid tbody th") for rule in rules), (
            rules
        )


def test_styles__colours_come_from_the_looks() -> None:
    for name in ("paper.css", "screen.css"):
        css = (shipped("reports") / name).read_text(encoding="utf-8")
        assert not re.findall(r"#[0-9A-Fa-f]{6}|rgb\(", css)
    for path in (shipped("reports") / "zh").glob("*.html"):
        assert not re.findall(r"#[0-9A-Fa-f]{6}|style=", path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("name", NAMES)
def test_page__says_the_verdict_and_leaves_no_hole(name: str, diagnoses: dict[str, Diagnosis]) -> None:
    text = shown(render_paper(diagnoses[name]))
    assert "一页结论" in text
    assert "None" not in text
    assert "{{" not in text
    for double in ("。。", "，，", "；；", "。，", "（）", "：。"):
        assert double not in text, text[text.index(double) - 40 :][:80]


def test_page__no_english_but_ids(demo: Diagnosis) -> None:
    text = shown(render_paper(demo))
    words = "level|score|claimed|verified|answered|unanswered|unknown|none|null|true|false|self|onsite"
    assert not re.findall(rf"\b(?:{words})\b", text)


def test_page__what_a_firm_writes_is_never_markup(demo: Diagnosis) -> None:
    evil = "<script>alert(1)</script>\"'&<b>"
    firm = {**demo.answers.firm, "name": evil}
    answer = Answer(1, verified=1, remark=evil, reason=evil, evidence=(evil,))
    answers = replace(demo.answers, firm=firm, by=evil, items={**demo.answers.items, "T01": answer})
    page = render_paper(diagnose(demo.pack, answers))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_page__a_firms_name_is_printed_as_written(demo: Diagnosis) -> None:
    answers = replace(demo.answers, firm={**demo.answers.firm, "name": "贵州A1轮胎公司"})
    assert "贵州A1轮胎公司</p>" in render_paper(diagnose(demo.pack, answers))


def test_page__same_input_same_page(demo: Diagnosis, page: str) -> None:
    assert render_html(demo) == page


def test_write_html__whole_file_and_missing_letters(demo: Diagnosis, tmp_path: Path) -> None:
    answers = replace(demo.answers, firm={**demo.answers.firm, "name": "贵州𠮷祥公司"})
    steps: list[tuple[int, int, str]] = []
    missing = write_html(diagnose(demo.pack, answers), tmp_path / "a.html", lambda *step: steps.append(step))
    assert missing == ("𠮷",)
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]
    assert steps[-1][0] == steps[-1][1]


def test_write_html__a_closed_folder_leaves_nothing(demo: Diagnosis, tmp_path: Path) -> None:
    target = tmp_path / "absent" / "a.html"
    with pytest.raises(UserError) as caught:
        write_html(demo, target)
    assert caught.value.problems[0].code == "file-unwritable"
    assert not list(tmp_path.iterdir())


@settings(max_examples=15)
@given(st.data())
def test_page__any_lawful_answers(common: Pack, data: st.DataObject) -> None:
    answers, _ = parse_answers(data.draw(documents(common)), common, "x")
    assert "一页结论" in render_paper(diagnose(common, answers))

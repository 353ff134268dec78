"""Three readers, three papers: each has its chapters, numbered without gaps, and no way into nowhere."""

import re
from typing import get_args

import lxml.html
import pytest

from assessor import shipped
from assessor.diagnosis import Diagnosis
from assessor.report.context import arranged, report
from assessor.report.html import render_html, render_paper
from assessor.report.looks import load_looks
from assessor.report.readers import CHAPTERS, TITLES, UNNUMBERED, Reader
from assessor.report.wording import numeral

THEME = load_looks().light
READERS = get_args(Reader)


def heads(page: str) -> list[str]:
    """The texts of the first headings, the signature's apart."""
    found = lxml.html.document_fromstring(page).iter("h1")
    return ["".join(head.itertext()) for head in found if head.get("id") != "sign"]


def test_every_chapter__has_a_page_and_a_reader() -> None:
    assert set(CHAPTERS) == set(READERS)
    assert {name for order in CHAPTERS.values() for name in order} == set(TITLES)
    folder = shipped("reports") / "pages"
    assert [name for name in TITLES if not (folder / f"{name}.html").is_file()] == []


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", ["demo", "retread", "blank", "full", "plain"])
def test_a_paper__is_numbered_without_gaps(
    reader: Reader, name: str, diagnoses: dict[str, Diagnosis]
) -> None:
    page = render_paper(diagnoses[name], reader=reader)
    numbered = [head.partition("、")[0] for head in heads(page) if "、" in head]
    assert numbered == [numeral(place) for place in range(1, len(numbered) + 1)]
    assert len(heads(page)) >= len(CHAPTERS[reader]) - 7
    assert "第章" not in page


@pytest.mark.parametrize("reader", READERS)
def test_a_paper__points_at_nothing_it_lacks(reader: Reader, demo: Diagnosis) -> None:
    page = lxml.html.document_fromstring(render_paper(demo, reader=reader))
    ids = {element.get("id") for element in page.iter() if element.get("id")}
    links = {link.get("href") for link in page.iter("a")}
    assert {link for link in links if link.removeprefix("#") not in ids} == set()
    chapters = {head.partition("、")[0] for head in heads(render_paper(demo, reader=reader))}
    told = set(re.findall(r"第([一二三四五六七八九十]+)章", "".join(page.itertext())))
    assert told <= chapters


def test_the_boss__gets_one_page_and_the_first_steps(demo: Diagnosis) -> None:
    page = render_html(demo, reader="boss")
    assert heads(page) == ["一页结论", "先做这几步"]
    view = report(demo, THEME)
    assert view.summary.steps
    assert [step.title for step in view.summary.steps if step.title not in page] == []
    assert [line.title for line in view.red_lines if line.title not in page] == []
    assert "企业负责人摘要" in page


def test_the_agency__gets_every_verdict_and_none_of_the_sales_talk(demo: Diagnosis) -> None:
    page = render_html(demo, reader="agency")
    titles = [head.rpartition("、")[2] for head in heads(page)]
    assert titles[:2] == ["目录与读法", "各模型的结论"]
    assert not {"一页结论", "同行做成了什么", "能用的支持"} & set(titles)
    assert {"得分与等级", "其他作答", "红线与疑点", "方法与来源"} <= set(titles)
    assert "签字" in page


def test_the_verdicts__name_every_model_with_its_grounds(demo: Diagnosis) -> None:
    rows = {row.title: row for row in report(demo, THEME, reader="agency").models}
    models = [
        *(verdict.result.model for verdict in demo.verdicts),
        *(index.model for index in demo.indexes),
        *(result.model for result in demo.standards),
        *(held.model for held in demo.reported),
    ]
    assert list(rows) == [model.title for model in models]
    assert all(row.said.endswith("。") and row.basis for row in rows.values())
    main = rows[demo.main.result.model.title]
    assert "一级" in main.said
    assert "二级" in main.claimed, "the firm's own verdict is another one here"


def test_a_self_assessment__has_no_second_verdict(retread: Diagnosis) -> None:
    assert {row.claimed for row in report(retread, THEME).models} == {""}


def test_another_order__is_numbered_anew_and_leaves_out_what_is_empty(demo: Diagnosis) -> None:
    view = arranged(report(demo, THEME), ["method", "summary", "doubts", "method"])
    assert view.order == ("method", "summary", "doubts")
    assert dict(view.chapters) == {"method": "一", "doubts": "二"}
    assert {"summary"} == UNNUMBERED & set(view.order)
    bare = arranged(view, TITLES)
    assert set(TITLES) - set(bare.order) <= {
        "evidence",
        "roadmap",
        "platforms",
        "support",
        "exemplars",
        "peers",
        "index",
    }

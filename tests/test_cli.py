"""The program from a shell: what it prints, how it ends; never a traceback, never half a file."""

import json
import re
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assessor import __version__, commands
from assessor.answers.derived import with_derived
from assessor.answers.document import answers_document
from assessor.cli import main, parser
from assessor.commands import places, read_answers
from tests.pack.build import Edit, write_pack
from tests.scoring import oracle

ROOT = Path(__file__).resolve().parent.parent
AWKWARD = ROOT / "tests/data/awkward"
SAMPLES = sorted((ROOT / "questionnaires").glob("*/samples/*.json"))
DEMO = ROOT / "questionnaires/tires/samples/demo.json"
RETREAD = ROOT / "questionnaires/tires/samples/retread.json"


class Ran(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def codes(self) -> list[str]:
        """The codes of the problems told, one a line."""
        return [re.findall(r"\[([a-z-]+)\]$", line)[0] for line in self.err.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture(scope="module")
def no_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that is not there; one for all, so that the shipped packs are read once."""
    return tmp_path_factory.mktemp("cli") / "data"


@pytest.fixture
def run(
    tmp_path: Path, no_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command in an empty folder; with an empty data folder unless another is named."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")

    def call(*arguments: object, data: Path = no_data) -> Ran:
        capsys.readouterr()
        status = main(["--data", str(data), *map(str, arguments)])
        said = capsys.readouterr()
        assert not no_data.exists()
        return Ran(status, said.out, said.err)

    return call


def written(tmp_path: Path) -> list[str]:
    """Every file and folder there is, but for the working folder itself."""
    found = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*"))
    return [name for name in found if name != "work"]


# -- packs ---------------------------------------------------------------------------------------


def test_pack_list__has_a_line_for_each_pack(run: Run) -> None:
    ran = run("pack", "list")
    assert (ran.status, ran.err) == (0, "")
    ids = [line.split("\t")[0] for line in ran.out.splitlines()]
    assert {"common", "tires"} <= set(ids)
    assert "错误" not in ran.out


def test_pack_list_json__says_what_the_lines_say(run: Run) -> None:
    rows = {row["id"]: row for row in json.loads(run("pack", "list", "--json").out)}
    row = rows["tires"]
    assert {"id", "version", "date", "title", "questions", "folder", "faults"} <= row.keys()
    assert row["faults"] == 0
    assert Path(row["folder"]).name == "tires"


def test_pack_list__shows_a_broken_pack_with_its_faults(run: Run, tmp_path: Path) -> None:
    write_pack(tmp_path / "data/packs", Edit("models/small.yaml", "weight: 60", "weight: 59"))
    ran = run("pack", "list", data=tmp_path / "data")
    assert ran.status == 0
    assert re.search(r"^valid\t.*，[1-9]\d* 处错误$", ran.out, re.MULTILINE)


def test_pack_check__of_all_shipped_packs_finds_nothing(run: Run) -> None:
    assert run("pack", "check") == Ran(0, "没有发现错误。\n", "")
    assert json.loads(run("pack", "check", "--json").out) == []


def test_pack_check__lists_every_fault_with_file_and_line(run: Run, tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path / "work",
        Edit("models/small.yaml", "weight: 60", "weight: 59"),
        Edit("questionnaire.yaml", "{id: C, text: 高}", "{id: C, text: 高, up_to: 100}"),
    )
    ran = run("pack", "check", folder)
    assert (ran.status, ran.err) == (1, "")
    *lines, last = ran.out.splitlines()
    assert [
        re.match(r"(valid/[\w./]+):\d+:\d+: .+。.+。\[pack-[a-z]+\]$", line) is not None for line in lines
    ] == [True] * len(lines)
    assert any(line.startswith("valid/models/small.yaml:16:") and "[pack-weights]" in line for line in lines)
    assert any("[pack-bands]" in line for line in lines)
    assert last == f"共 {len(lines)} 处错误。"
    told = json.loads(run("pack", "check", folder, "--json").out)
    assert [f"{one['where']}: {one['what']}。{one['remedy']}。[{one['code']}]" for one in told] == lines


@pytest.mark.parametrize(
    ("place", "code"), [("nowhere", "pack-missing"), ("empty", "pack-file-missing"), ("file", "pack-missing")]
)
def test_pack_check__of_no_pack_is_refused(run: Run, tmp_path: Path, place: str, code: str) -> None:
    (tmp_path / "work/empty").mkdir()
    (tmp_path / "work/file").write_text("x")
    ran = run("pack", "check", place)
    assert (ran.status, ran.out, ran.codes) == (2, "", [code])


def test_pack_check__takes_an_id_as_well(run: Run) -> None:
    assert run("pack", "check", "tires") == Ran(0, "没有发现错误。\n", "")


def test_pack_show__has_every_question(run: Run) -> None:
    ran = run("pack", "show", "tires")
    assert ran.status == 0
    for key in ("T01", "T16", "miit.Q1", "miit.S16", "G16.1", "miit-sme-2024"):
        assert key in ran.out


def test_pack_show_json__has_every_question_with_its_text(run: Run) -> None:
    shown = json.loads(run("pack", "show", "tires", "--json").out)
    assert (shown["id"], len(shown["digest"])) == ("tires", 64)
    questions = {
        question["id"]: question for section in shown["sections"] for question in section["questions"]
    }
    assert len(questions["T01"]["levels"]) == 5
    assert [band.get("up_to") for band in questions["miit.Q2"]["bands"]] == ["10", "20", "40", "60", None]
    assert "TP01" in {fact["id"] for fact in shown["facts"]}
    assert "miit-sme-2024" in shown["models"]


def test_pack_show__of_no_pack_names_those_there_are(run: Run) -> None:
    ran = run("pack", "show", "winery")
    assert (ran.status, ran.out, ran.codes) == (2, "", ["pack-missing"])
    assert "tires" in ran.err


def test_a_pack_of_one_s_own__goes_before_the_shipped_one(run: Run, tmp_path: Path) -> None:
    packs = tmp_path / "data/packs"
    shutil.copytree(ROOT / "questionnaires/tires", packs / "tires")
    manifest = packs / "tires/pack.yaml"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace('version: "2026.1"', 'version: "2027.1"'),
        encoding="utf-8",
    )
    rows = {
        row["id"]: row["version"]
        for row in json.loads(run("pack", "list", "--json", data=tmp_path / "data").out)
    }
    assert rows["tires"] == "2027.1"
    ran = run("score", DEMO, data=tmp_path / "data")
    assert (ran.status, ran.codes) == (2, ["answers-version"])


# -- score ---------------------------------------------------------------------------------------

SIDE = {
    *("low", "high", "score", "level", "level_low", "level_high"),
    *("dimensions", "questions", "gates", "notes"),
}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_score_json__has_the_fields_of_the_design_and_the_figures_of_the_ministry(
    run: Run, path: Path
) -> None:
    ran = run("score", path, "--json")
    assert (ran.status, ran.err) == (0, "")
    told = json.loads(ran.out)
    assert {"models", "findings", "red_lines"} <= told.keys()
    model = told["models"]["miit-sme-2024"]
    document = json.loads(path.read_text(encoding="utf-8"))
    counted = answers_document(with_derived(*read_answers(places(), path)))
    assert model["headline"] == ("verified" if document["mode"] == "onsite" else "claimed")
    for side, raw in (("claimed", "value"), ("verified", "verified")):
        found = model[side]
        assert SIDE <= found.keys()
        expected = oracle.judge(counted["answers"], raw)
        assert (1000 * found["low"], 1000 * found["high"]) == (expected.low, expected.high)
        assert (found["level_low"], found["level_high"]) == (expected.level_low, expected.level_high)
        assert found["score"] == (found["low"] if found["low"] == found["high"] else None)
    assert {key: model[key] for key in SIDE} == {key: model[model["headline"]][key] for key in SIDE}
    for finding in told["findings"]:
        assert {"code", "ids", "text"} <= finding.keys()


def test_score__prints_verdict_gates_and_the_tree_down_to_the_answers(run: Run) -> None:
    ran = run("score", DEMO)
    assert (ran.status, ran.err) == (0, "")
    for words in (
        "（miit-sme-2024）",
        "企业自报：",
        "现场核实：",
        "（以此为准）",
        "得分依据",
        "miit.Q15",
    ):
        assert words in ran.out
    assert "{" not in ran.out


def test_score__takes_a_lawful_file_with_extreme_figures(run: Run) -> None:
    ran = run("score", AWKWARD / "lawful.json", "--json")
    assert (ran.status, ran.err) == (0, "")
    questions = json.loads(ran.out)["models"]["miit-sme-2024"]["claimed"]["questions"]
    assert (
        questions["miit.Q2"]["score"],
        questions["miit.Q12"]["score"],
        questions["miit.Q15"]["score"],
    ) == (0, 7, 1.5)


def test_score__reads_a_file_with_a_byte_order_mark(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "work/bom.json"
    path.write_bytes(b"\xef\xbb\xbf" + DEMO.read_bytes())
    assert run("score", path).status == 0


# -- what is refused -------------------------------------------------------------------------------

REFUSED: dict[str, list[str]] = {
    "not-json.json": ["answers-not-json"],
    "empty.json": ["answers-not-json"],
    "words.json": ["answers-not-json"],
    "gb18030.json": ["answers-not-json"],
    "deep.json": ["answers-not-json"],
    "key-twice.json": ["answers-not-json"],
    "nan.json": ["answers-not-json"],
    "very-long-number.json": ["answers-not-json"],
    "half-character.json": ["answers-not-json"],
    "list.json": ["answers-shape"],
    "no-pack.json": ["answers-shape"],
    "pack-list.json": ["answers-shape"],
    "unknown-pack.json": ["pack-missing"],
    "other-version.json": ["answers-version"],
    "endless.json": ["value-kind"],
    "too-big.json": ["value-kind", "value-kind"],
    "wrong-code.json": ["uscc-check"],
    "letter-in-code.json": ["uscc-shape"],
    "out-of-bounds.json": [
        "value-bounds",
        "value-bounds",
        "value-kind",
        "value-bounds",
        "value-ratio",
        "value-bounds",
    ],
    "unknown-ids.json": ["answers-unknown-id"] * 5,
    "line-break-in-id.json": ["answers-unknown-id"],
    "everything-wrong.json": [
        *("answers-shape", "answers-shape", "answers-version", "date-shape"),
        *("uscc-shape", "industry-code", "region-code", "value-option"),
        *("value-kind", "value-reason-missing", "value-none-excludes"),
        *("answers-shape", "value-option", "value-not-applicable"),
    ],
}


def test_every_awkward_file__is_used() -> None:
    assert {path.name for path in AWKWARD.iterdir()} == {*REFUSED, "lawful.json"}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("verb", ["score", "report"])
def test_a_bad_file__is_refused_with_one_line_a_problem_and_nothing_written(
    run: Run, tmp_path: Path, name: str, verb: str
) -> None:
    ran = run(verb, AWKWARD / name, *(["-o", "out.html"] if verb == "report" else []))
    assert (ran.status, ran.out) == (2, "")
    assert sorted(ran.codes) == sorted(REFUSED[name])
    assert "Traceback" not in ran.err
    if name != "unknown-pack.json":
        assert all(line.startswith(f"{AWKWARD / name}") for line in ran.err.splitlines())
    assert written(tmp_path) == []


def test_unknown_ids__are_all_named_in_one_run(run: Run) -> None:
    told = run("score", AWKWARD / "unknown-ids.json").err
    for name in ("nmae", "shoes", "T99", "miit.Q16", "TQ06"):
        assert name in told
    assert "是不是 name？" in told


def test_a_file_that_is_not_there__is_refused(run: Run, tmp_path: Path) -> None:
    ran = run("score", "none.json")
    assert (ran.status, ran.out, ran.codes) == (2, "", ["file-missing"])
    assert written(tmp_path) == []


def test_a_folder_in_place_of_a_file__is_refused(run: Run, tmp_path: Path) -> None:
    ran = run("score", tmp_path)
    assert (ran.status, ran.out, ran.codes) == (2, "", ["file-unreadable"])


def test_answers_to_a_broken_pack__are_refused(run: Run, tmp_path: Path) -> None:
    write_pack(tmp_path / "data/packs", Edit("models/small.yaml", "weight: 60", "weight: 59"))
    path = tmp_path / "work/a.json"
    path.write_text('{"pack": "valid", "answers": {}}', encoding="utf-8")
    before = written(tmp_path)
    ran = run("score", path, data=tmp_path / "data")
    assert (ran.status, ran.out, ran.codes) == (2, "", ["pack-broken", "pack-weights"])
    assert written(tmp_path) == before


def test_a_model_with_unknown_weights__is_named_and_not_scored(run: Run, tmp_path: Path) -> None:
    edit = Edit("models/small.yaml", "weight: 60", "weight: null")
    write_pack(tmp_path / "data/packs", edit, without=["models/whole.yaml"])
    path = tmp_path / "work/a.json"
    path.write_text('{"pack": "valid", "answers": {}}', encoding="utf-8")
    told = json.loads(run("score", path, "--json", data=tmp_path / "data").out)
    assert "small" not in told["models"]
    assert {one["code"] for one in told["refused"]} == {"model-weights-unknown"}
    ran = run("score", path, data=tmp_path / "data")
    assert ran.status == 0
    assert "缺少权重" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["pack"],
        ["pack", "fly"],
        ["pack", "show"],
        ["score"],
        ["score", "a.json", "b.json"],
        ["score", "--xml", "a.json"],
        ["report", "a.json"],
        ["report", "-o", "a.html"],
        ["pack", "list", "--data"],
        ["--nonsense"],
    ],
)
def test_wrong_usage__is_told_in_one_line(run: Run, tmp_path: Path, arguments: Sequence[str]) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out, ran.codes) == (2, "", ["usage"])
    assert not {"argument", "arguments", "required", "invalid", "choice"} & set(
        re.findall(r"[a-z]+", ran.err)
    )
    assert written(tmp_path) == []


def test_version__is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"assessor {__version__}\n"


def verbs() -> dict[str, Any]:
    """Every verb there is: the words that lead to it, and its parser."""
    found: dict[str, Any] = {}

    def collect(one: Any, words: str) -> None:
        found[words] = one
        for action in one._actions:
            for verb, inner in (action.choices or {}).items() if action.nargs == "A..." else ():
                collect(inner, f"{words} {verb}".strip())

    collect(parser(), "")
    return found


@pytest.mark.parametrize("words", verbs())
def test_every_verb__has_help_and_so_has_each_of_its_options(
    words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*words.split(), "--help"])
    assert caught.value.code == 0
    assert re.search("[\u4e00-\u9fff]{4}", capsys.readouterr().out)
    for action in verbs()[words]._actions:
        assert action.help or action.nargs == "A..."


# -- doctor --------------------------------------------------------------------------------------


def test_doctor__lists_what_is_here_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    ran = run("doctor", "--json")
    checks = json.loads(ran.out)
    assert ran.status == (0 if all(check["good"] for check in checks) else 1)
    names = [check["what"] for check in checks]
    for name in ("程序版本", "Python", "weasyprint", "PDF 组件（Pango）", "数据文件夹", "诊断包 tires"):
        assert name in names
    lines = run("doctor").out.splitlines()
    assert [line[0] for line in lines] == ["有" if check["good"] else "缺" for check in checks]
    assert written(tmp_path) == []


def test_doctor__finds_a_broken_pack_and_a_data_folder_that_is_none(run: Run, tmp_path: Path) -> None:
    packs = tmp_path / "data/packs"
    write_pack(packs, Edit("models/small.yaml", "weight: 60", "weight: 59"))
    ran = run("doctor", "--json", data=tmp_path / "data")
    checks = {check["what"]: check["good"] for check in json.loads(ran.out)}
    assert (ran.status, checks["诊断包 valid"]) == (1, False)
    shutil.rmtree(tmp_path / "data")
    (tmp_path / "data").write_text("a file")
    ran = run("doctor", "--json", data=tmp_path / "data")
    checks = {check["what"]: check["good"] for check in json.loads(ran.out)}
    assert (ran.status, checks["数据文件夹"]) == (1, False)


# -- report and demo -------------------------------------------------------------------------------


def pango() -> bool:
    """Whether this machine can make PDFs."""
    try:
        from weasyprint.text.ffi import pango as library
    except OSError:
        return False
    return bool(library)


needs_pango = pytest.mark.skipif(not pango(), reason="PDF needs Pango")


@pytest.mark.parametrize("out", ["report.html", "Report.HTML", "new/folder/report.html"])
def test_report__writes_one_html_file_that_needs_no_other(run: Run, tmp_path: Path, out: str) -> None:
    ran = run("report", DEMO, "--no-roadmap", "-o", out)
    assert (ran.status, ran.out, ran.err) == (0, f"{out}\n", "")
    text = (tmp_path / "work" / out).read_text(encoding="utf-8")
    assert "黔岭示例轮胎有限公司" in text
    assert not re.search(r"(src|href)=\"?https?:|@import|url\(['\"]?https?:", text)
    assert [
        name for name in written(tmp_path / "work") if Path(name).suffix.lower() not in ("", ".html")
    ] == []


def test_report__puts_foreign_words_on_the_page_as_words(run: Run, tmp_path: Path) -> None:
    assert run("report", AWKWARD / "lawful.json", "-o", "r.html").status == 0
    text = (tmp_path / "work/r.html").read_text(encoding="utf-8")
    assert "<script>alert" not in text


def test_report__tells_of_the_plan_asked_for(run: Run, tmp_path: Path) -> None:
    plan = ("--budget", "3", "--quarters", "4")
    assert run("report", RETREAD, *plan, "-o", "r.html").status == 0
    text = re.sub(r"<[^>]+>|\s", "", (tmp_path / "work/r.html").read_text(encoding="utf-8"))
    assert "预算：每年3万元。" in text
    assert "季度起一年。" in text


@pytest.mark.parametrize(
    ("wish", "code"),
    [(("--budget", "很多"), "roadmap-money"), (("--quarters", "20"), "roadmap-quarters")],
)
def test_report__of_a_plan_that_cannot_be_meant_is_refused(
    run: Run, tmp_path: Path, wish: tuple[str, str], code: str
) -> None:
    ran = run("report", RETREAD, *wish, "-o", "r.html")
    assert (ran.status, ran.out, ran.codes) == (2, "", [code])
    assert written(tmp_path) == []


@needs_pango
def test_report__writes_a_pdf(run: Run, tmp_path: Path) -> None:
    ran = run("report", DEMO, "--no-roadmap", "-o", "report.pdf")
    assert (ran.status, ran.out, ran.err) == (0, "report.pdf\n", "")
    assert (tmp_path / "work/report.pdf").read_bytes().startswith(b"%PDF-")
    assert written(tmp_path / "work") == ["report.pdf"]


@pytest.mark.parametrize("out", ["report.doc", "report", "report.pdf.txt", "html"])
def test_report__of_another_ending_is_refused(run: Run, tmp_path: Path, out: str) -> None:
    ran = run("report", DEMO, "-o", out)
    assert (ran.status, ran.out, ran.codes) == (2, "", ["report-format"])
    assert written(tmp_path) == []


@pytest.mark.parametrize(
    "out", ["file/report.html", "file/deeper/report.html", "folder.html", "file/report.pdf", "/proc/r.html"]
)
def test_report__into_a_place_that_cannot_be_written_is_refused(run: Run, tmp_path: Path, out: str) -> None:
    (tmp_path / "work/file").write_text("kept")
    (tmp_path / "work/folder.html").mkdir()
    before = written(tmp_path)
    ran = run("report", DEMO, "--no-roadmap", "-o", out)
    assert (ran.status, ran.out, ran.codes) == (2, "", ["file-unwritable"])
    assert written(tmp_path) == before
    assert (tmp_path / "work/file").read_text() == "kept"


def test_report__replaces_an_old_file_only_with_a_whole_new_one(run: Run, tmp_path: Path) -> None:
    old = tmp_path / "work/report.html"
    old.write_text("old")
    assert run("report", AWKWARD / "not-json.json", "-o", "report.html").status == 2
    assert old.read_text() == "old"
    assert run("report", DEMO, "--no-roadmap", "-o", "report.html").status == 0
    assert old.read_text(encoding="utf-8").rstrip().endswith("</html>")


def test_demo__writes_every_output_of_every_sample(run: Run, tmp_path: Path) -> None:
    """With one's own copies of all packs before the shipped ones, and one sample among them."""
    for pack in (ROOT / "questionnaires").glob("*/pack.yaml"):
        copy = tmp_path / "data/packs" / pack.parent.name
        shutil.copytree(pack.parent, copy, ignore=shutil.ignore_patterns("samples", "cases"))
    samples = tmp_path / "data/packs/tires/samples"
    samples.mkdir()
    shutil.copy(DEMO, samples)
    ran = run("demo", "-o", "out", data=tmp_path / "data")
    assert (ran.status, ran.err) == (0, "")
    out = tmp_path / "work/out"
    made = sorted(Path(line).name for line in ran.out.splitlines())
    assert made == sorted(path.name for path in out.iterdir())
    assert (out / "tires-demo-answers.json").read_text(encoding="utf-8") == DEMO.read_text(encoding="utf-8")
    scores = json.loads((out / "tires-demo-score.json").read_text(encoding="utf-8"))
    assert (
        scores["models"]["miit-sme-2024"]
        == json.loads(run("score", DEMO, "--json").out)["models"]["miit-sme-2024"]
    )
    assert (out / "tires-demo-report.html").stat().st_size > 10_000
    assert 'id="roadmap"' in (out / "tires-demo-report.html").read_text(encoding="utf-8")
    plan = json.loads((out / "tires-demo-roadmap.json").read_text(encoding="utf-8"))
    assert (plan["status"], plan["quarters"]) == ("optimal", 8)
    assert (out / "tires-demo-roadmap.xml").read_bytes().startswith(b"<?xml")
    assert (out / "tires-demo-roadmap.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    with zipfile.ZipFile(out / "tires-demo.xlsx") as book:
        assert "路线图" in book.read("xl/workbook.xml").decode("utf-8")
    assert (out / "tires-demo-report.pdf").exists() is pango()


@pytest.mark.slow
def test_demo__of_a_firm_of_each_trade_ends_well(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chemicals small has no feasible plan, liquor micro little money, tires retread many blanks."""
    chosen = {("chemicals", "small"), ("liquor", "micro"), ("tires", "retread")}
    shown = [path for path in SAMPLES if (path.parent.parent.name, path.stem) in chosen]
    monkeypatch.setattr(commands, "samples", lambda _here: shown)
    ran = run("demo", "-o", "out")
    assert (ran.status, ran.err, len(shown)) == (0, "", 3)
    for trade, name in chosen:
        made = {path.suffix for path in (tmp_path / "work/out").glob(f"{trade}-{name}*")}
        assert {".json", ".xlsx", ".html", ".docx"} <= made


def test_demo__into_a_place_that_cannot_be_written_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "work/file").write_text("kept")
    for place in ("file", "file/out"):
        ran = run("demo", "-o", place)
        assert (ran.status, ran.out, ran.codes) == (2, "", ["file-unwritable"])
    assert (tmp_path / "work/file").read_text() == "kept"

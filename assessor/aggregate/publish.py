"""Everything that a run leaves behind: tables, letters, workbook, bulletin, database."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assessor.aggregate import database, tables
from assessor.aggregate.letters import letters
from assessor.aggregate.movement import MOVEMENT, public_rows
from assessor.aggregate.population import counted
from assessor.aggregate.regional import Regional
from assessor.aggregate.summary import summary_bytes
from assessor.errors import UserError, refuse, system_reason

LETTERS, PUBLIC = "letters", "public"
_NEW, _OLD = ".new", ".old"
README = """\
这个文件夹由企业数字化诊断程序的“汇总”写成，每次运行整体更新。

谁可以看
  public/            可以公开。少于 {least} 家企业的数字、能推算出这类数字的数字都已去掉。
                     对外发布前仍请按单位的规定审核签发。
  其余全部文件        只限经办人员。里面有单个企业的名称、代码、得分和答案，
                     统计法要求为单个企业的资料保密，不得外传，不得用作统计以外的目的。

都是什么
  summary.xlsx        给经办人和领导看的汇总：概览、待处理、报送率、企业、分布、答题分布、共性短板、疑点。
  letters/            一份要补正的文件一封回信，贴进邮件即可；文件名前的编号是台账的行号。
  ledger.csv          台账：收到的每个文件一行，状态、原因、怎么办。
  faults.csv          每处问题和每处自动统一一行，写明工作表和单元格。
  firms.csv           计入的每份诊断一行：企业情况、各模型的得分和等级。
  statistics.csv      全部统计数字，含只有几家的组。
  intake.db           以上全部（SQLite），加 --resume 再运行时只读新文件。
  public/bulletin.pdf 通报。
  public/statistics-public.csv  可以公开的统计数字；空着的是不公布的。
  public/movement-public.csv    与上一年度相比各等级之间的变动（收件里有上一年度的文件时才有）。
  publications/       公布基准包时留下的参与企业记录，用来防止两次公布相减露出企业；不要删，不得外传。

状态
  accepted 可用　repaired 写法已统一　flagged 个别答案按未答　以上三种计入汇总。
  duplicate 重复　superseded 已有更新的一份　conflict 同一天内容不同，待核实
  quarantined 不能使用，待重发　ignored 与诊断无关

口径
  本汇总的年度：{campaign}。同一企业、厂区、诊断包、年度只计一份，以最新的完整一份为准。
  CSV 是带 BOM 的 UTF-8，第一行是列名；以 = + - @ 开头的文字前加了撇号，防止被当成公式。
  百分位在名次之间线性内插（第 7 类）；得分的 _low 按未答得最低分计，_high 按未答得最高分计。
"""


def publish(
    regional: Regional,
    rows: database.Intake,
    out: Path,
    program: str,
    tell: Callable[[str], None] | None = None,
) -> list[str]:
    """Write all outputs into `out`; what could not be made for want of Pango is named.

    Everything is made beside its place first and then moved, the database last: a run that is cut off
    leaves the outputs of the run before.
    """
    say = tell or _silent
    new = out / _NEW
    try:
        shutil.rmtree(new, ignore_errors=True)
        (new / PUBLIC).mkdir(parents=True)
        (new / LETTERS).mkdir()
        lacking = _make(regional, new, say)
        say("写数据库")
        campaign = regional.population.campaign
        database.write_database(new / database.NAME, rows, regional.ledger, program, campaign)
        _put(new, out)
    except OSError as error:
        raise refuse("file-unwritable", str(out), reason=system_reason(error)) from error
    return lacking


def _silent(what: str) -> None:
    """Nobody is watching."""


def _make(regional: Regional, new: Path, say: Callable[[str], None]) -> list[str]:
    say("写表格")
    for name, content in _tables(regional):
        (new / name).write_bytes(content)
    for name, text in letters(regional.ledger):
        (new / LETTERS / name).write_text(text, encoding="utf-8-sig", newline="\r\n")
    say("写汇总工作簿")
    (new / "summary.xlsx").write_bytes(summary_bytes(regional))
    return _bulletin(regional, new, say)


def _tables(regional: Regional) -> Iterator[tuple[str, bytes]]:
    from assessor.aggregate.disclosure import MIN_GROUP

    population = regional.population
    lines = counted(regional.ledger)
    models = tables.models_of([line.taken.assessed for line in lines if line.taken.assessed])
    yield "ledger.csv", tables.csv_bytes(tables.LEDGER, tables.ledger_rows(regional.ledger))
    yield "faults.csv", tables.csv_bytes(tables.FAULTS, tables.fault_rows(regional.ledger))
    yield (
        "firms.csv",
        tables.csv_bytes(tables.firm_header(models), tables.firm_rows(population, lines, models)),
    )
    yield "statistics.csv", tables.csv_bytes(tables.STATISTICS, tables.statistic_rows(regional.figures))
    yield (
        f"{PUBLIC}/statistics-public.csv",
        tables.csv_bytes(tables.STATISTICS, tables.statistic_rows(regional.public)),
    )
    if regional.movement is not None:
        moved = public_rows(regional.movement)
        yield f"{PUBLIC}/movement-public.csv", tables.csv_bytes(MOVEMENT, moved)
    text = README.format(least=MIN_GROUP, campaign=population.campaign or "（没有可以计入的诊断）")
    yield "README.txt", text.replace("\n", "\r\n").encode("utf-8-sig")


def _bulletin(regional: Regional, new: Path, say: Callable[[str], None]) -> list[str]:
    from assessor.aggregate.bulletin import bulletin_bytes

    if not regional.population.members:
        return []
    say("写通报")
    try:
        (new / PUBLIC / "bulletin.pdf").write_bytes(bulletin_bytes(regional))
    except UserError as error:
        if error.problems[0].code != "pdf-engine":
            raise
        return [str(problem) for problem in error.problems]
    return []


def _put(new: Path, out: Path) -> None:
    """Move the new outputs to their places; folders are exchanged, the database comes last."""
    names: Sequence[str] = sorted(
        (one.name for one in new.iterdir()), key=lambda name: (name == database.NAME, name)
    )
    for name in names:
        target = out / name
        if target.is_dir():
            aside = out / f"{_OLD}-{name}"
            shutil.rmtree(aside, ignore_errors=True)
            target.rename(aside)
            (new / name).rename(target)
            shutil.rmtree(aside, ignore_errors=True)
        else:
            (new / name).replace(target)
    new.rmdir()

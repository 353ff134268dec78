"""Verbs that judge one firm: its scores, its roadmap, its report."""

import argparse
from pathlib import Path
from typing import Any

from assessor.cli.shell import DONE, FOUND_WRONG, add, add_language, print_json
from assessor.errors import refuse
from assessor.words import _


def add_firm(verbs: Any) -> None:
    """`score`, `roadmap`, `report`, `demo`."""
    add(verbs, "score", _score, _("按各模型评分，给出区间、等级和依据"), file=True, as_json=True)
    _add_roadmap(verbs)
    _add_report(verbs)
    show = add(verbs, "demo", _demo, _("用自带的虚构企业走完全程，写出全部文件"))
    show.add_argument(
        "-o", "--out", type=Path, default=Path("demo-output"), metavar="OUT", help=_("输出文件夹")
    )


def _add_roadmap(verbs: Any) -> None:
    about = _("排改进路线图：用有限的钱和人手得分最多，或花钱最少达到一个等级")
    one = add(verbs, "roadmap", _roadmap, about, file=True, as_json=True)
    one.add_argument(
        "--model", metavar="M", help=_("提升哪个模型的得分（默认 wanqi-ronghe；有目标时是目标的模型）")
    )
    one.add_argument("--budget", metavar="WAN", help=_("每年预算，万元（默认按规模）"))
    one.add_argument(
        "--quarters", type=int, default=12, metavar="N", help=_("计划几个季度，4 到 12（默认 12）")
    )
    one.add_argument("--parallel", type=int, metavar="R", help=_("同时最多做几项（默认按规模）"))
    one.add_argument(
        "--cost", choices=["low", "middle", "high"], default="middle", help=_("按低、中、高哪个价")
    )
    one.add_argument(
        "--target", metavar="MODEL:LEVEL", help=_("花钱最少达到的等级，可加 @季度，如 miit-sme-2024:2@8")
    )
    for flag, name, help_ in (
        ("--pin", "A:Q", _("指定一项举措的开始季度，如 common.K06:2；可写多次")),
        ("--without", "A", _("不列入一项举措；可写多次")),
        ("--stop", "LINE", _("企业决定停掉的红线工序；可写多次")),
    ):
        one.add_argument(flag, action="append", default=[], metavar=name, help=help_)
    one.add_argument(
        "--from", dest="first", metavar="QUARTER", help=_("从哪个季度开始，如 2027Q1（默认诊断之后第一个）")
    )
    one.add_argument("--curve", action="store_true", help=_("另算花多少钱到多少分"))
    one.add_argument(
        "-o",
        "--out",
        type=Path,
        metavar="FILE",
        help=_("写成 .xlsx（工作簿）、.xml（Project）、.ics（日历）或 .json"),
    )


def _add_report(verbs: Any) -> None:
    one = add(verbs, "report", _report, _("写诊断报告（.pdf、.docx 或 .html）"), file=True)
    add_language(one, argparse.SUPPRESS)
    one.add_argument("-o", "--out", type=Path, required=True, metavar="OUT", help=_("报告文件"))
    one.add_argument(
        "--for",
        dest="reader",
        choices=["boss", "plant", "agency"],
        default="plant",
        help=_("给谁看：boss 企业负责人（一页结论和先做几步），plant 完整报告（默认），agency 主管部门附件"),
    )
    one.add_argument(
        "--template",
        default="",
        metavar="T",
        help=_("Word 模板：自带的名称（report、survey）或自己的 .docx 文件"),
    )
    one.add_argument(
        "--budget",
        metavar="WAN",
        help=_("路线图每年的预算，万元（默认按规模；写了才填 Word 模板的项目清单）"),
    )
    one.add_argument(
        "--quarters", type=int, metavar="N", help=_("路线图几个季度，4 到 12（默认 8，用 Word 模板时 12）")
    )
    one.add_argument("--no-roadmap", action="store_true", help=_("不排路线图，报告里没有这一章，写得快些"))
    one.add_argument("--archive", action="store_true", help=_("存档用的 PDF/A-3，里面附工作簿和答案文件"))


def _score(options: argparse.Namespace) -> int:
    from assessor import commands

    diagnosis = commands.diagnose_file(commands.places(options.data), options.file)
    if options.json:
        print_json(commands.score_document(diagnosis))
    else:
        print(commands.score_text(diagnosis))
    return DONE


def _roadmap(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import roadmap

    if options.out is not None and options.out.suffix.lower() not in roadmap.FORMATS:
        raise refuse("roadmap-format", str(options.out), suffix=options.out.suffix)
    request = roadmap.request_of(
        model=options.model,
        budget=options.budget,
        quarters=options.quarters,
        parallel=options.parallel,
        cost=options.cost,
        target=options.target,
        pins=options.pin,
        without=options.without,
        stopped=options.stop,
        first=options.first,
    )
    here = commands.places(options.data)
    made = roadmap.make(here, options.file, request, with_curve=options.curve)
    if options.json:
        print_json(roadmap.document(made))
    elif options.out is None or made.roadmap.clash is not None:
        print(roadmap.text(made))
    if made.roadmap.clash is not None:
        return FOUND_WRONG
    if options.out is not None:
        is_book = options.out.suffix.lower() == ".xlsx"
        firm = commands.diagnose_file(here, options.file) if is_book else None
        print(roadmap.write(made, options.out, firm))
    return DONE


def _report(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import paper

    made = paper.report_file(
        commands.places(options.data),
        options.file,
        options.out,
        options.reader,
        options.template,
        None if options.no_roadmap else paper.Wish(options.budget, options.quarters),
        archive=options.archive,
    )
    print(made)
    return DONE


def _demo(options: argparse.Namespace) -> int:
    from assessor import commands

    made = commands.demo(commands.places(options.data), options.out)
    for path in made:
        print(path)
    return DONE

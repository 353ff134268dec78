"""Verbs of an agency: policies, intake, benchmarks."""

import argparse
import sys
from pathlib import Path
from typing import Any

from assessor.cli.shell import DONE, FOUND_WRONG, add, add_out, count, print_json
from assessor.language import SOURCE
from assessor.words import _, language, speaking


def add_agency(verbs: Any) -> None:
    """`policy`, `aggregate`, `benchmark`."""
    _add_policy(verbs)
    _add_aggregate(verbs)
    _add_benchmark(verbs)


def _add_policy(verbs: Any) -> None:
    about = _("惠企政策：有哪些、还有没有效、哪天核对过")
    policy = verbs.add_parser("policy", help=about, description=about)
    actions = policy.add_subparsers(title=_("动作"), metavar=_("动作"), required=True)
    listing = add(actions, "list", _policy_list, _("列出政策；给了企业的答案就按企业情况判断"), as_json=True)
    listing.add_argument("--firm", type=Path, metavar="FILE", help=_("答案文件（JSON）或工作簿（.xlsx）"))
    listing.add_argument("--date", default="", metavar="D", help=_("按哪一天判断，如 2026-12-01"))
    listing.add_argument("--pack", default="common", metavar="ID", help=_("没有 --firm 时看哪个诊断包"))


def _add_aggregate(verbs: Any) -> None:
    one = add(verbs, "aggregate", _aggregate, _("汇总文件夹里的工作簿：台账、统计、通报"), as_json=True)
    one.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help=_("收到的工作簿所在的文件夹"))
    add_out(one, "OUT", _("输出文件夹"))
    one.add_argument("--campaign", default="", metavar="C", help=_("只收这一年度（默认统计份数最多的年度）"))
    one.add_argument(
        "--roster", type=Path, metavar="LIST", help=_("应报企业名单（.csv 或 .xlsx），据此算报送率")
    )
    one.add_argument("--strict", action="store_true", help=_("有个别答案不能采用的文件整份不计入"))
    one.add_argument(
        "--workers", type=count, default=0, metavar="N", help=_("读文件的进程数（默认每个处理器一个）")
    )
    one.add_argument("--resume", action="store_true", help=_("接着上次：读过的文件不再重读"))


def _add_benchmark(verbs: Any) -> None:
    about = _("基准包：把一批企业合起来的数字公布给诊断现场，不露出任何一家")
    benchmark = verbs.add_parser("benchmark", help=about, description=about)
    actions = benchmark.add_subparsers(title=_("动作"), metavar=_("动作"), required=True)
    publish = add(actions, "publish", _benchmark_publish, _("从一次汇总写出基准包"))
    publish.add_argument("intake", type=Path, metavar="OUT", help=_("aggregate 的输出文件夹"))
    add_out(publish, "FILE.zip", _("基准包文件"))
    publish.add_argument(
        "--k", type=count, default=5, metavar="K", help=_("最小公开样本数，至少 3（默认 5）")
    )
    publish.add_argument(
        "--earlier",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE",
        help=_("别的汇总以前公布的基准包，或它的参与企业记录；同一输出文件夹公布过的自动核对"),
    )
    install = add(actions, "import", _benchmark_import, _("装入主管部门发来的基准包"))
    install.add_argument("file", type=Path, metavar="FILE", help=_("基准包文件（.zip）"))
    add(actions, "list", _benchmark_list, _("列出装了哪些基准包，哪个在用"), as_json=True)


def _policy_list(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import policies

    here = commands.places(options.data)
    listing = policies.list_policies(here, options.firm, options.date, options.pack)
    if options.json:
        print_json(policies.policies_document(listing))
    else:
        print(policies.policies_text(listing))
    return DONE


def _aggregate(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import intake

    wanted = intake.Wanted(
        tuple(options.folders),
        options.out,
        options.campaign,
        options.roster,
        options.strict,
        options.workers,
        options.resume,
    )
    spoken = language()
    with _Progress() as progress, speaking(SOURCE):  # what an agency publishes is Chinese

        def show(line: str) -> None:
            with speaking(spoken):
                progress.show(line)

        done = intake.aggregate(commands.places(options.data), wanted, show)
    if options.json:
        print_json(intake.aggregated_document(done))
    else:
        print(intake.aggregated_text(done))
    return DONE if done.good else FOUND_WRONG


class _Progress:
    """One line on standard error that is written over; line after line where nobody looks."""

    def __init__(self) -> None:
        self._here = sys.stderr.isatty()

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *ended: object) -> None:
        if self._here:
            print(file=sys.stderr)

    def show(self, line: str) -> None:
        """Say how far it is."""
        print(
            f"\r\033[K{line}" if self._here else line,
            end="" if self._here else "\n",
            file=sys.stderr,
            flush=True,
        )


def _benchmark_publish(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import benchmarks

    here = commands.places(options.data)
    done = benchmarks.publish_benchmarks(here, options.intake, options.out, options.k, options.earlier)
    print(benchmarks.published_text(done))
    return DONE


def _benchmark_import(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import benchmarks

    done = benchmarks.import_benchmarks(commands.places(options.data), options.file)
    print(benchmarks.imported_text(*done))
    return DONE


def _benchmark_list(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import benchmarks

    found = benchmarks.list_benchmarks(commands.places(options.data))
    if options.json:
        print_json(benchmarks.listed_document(found))
    else:
        print(benchmarks.listed_text(found))
    return DONE

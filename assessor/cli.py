"""How is the program driven from a shell? Arguments in, `commands` called, lines out.

Exit status: 0 done; 1 done, and what was looked for was found wrong; 2 could not be done.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from assessor import __version__
from assessor.errors import UserError, refuse

DONE, FOUND_WRONG, NOT_DONE = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """A parser that reports wrong usage like every other problem."""

    def error(self, message: str) -> NoReturn:
        raise refuse("usage", reason=message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit status."""
    try:
        options = parser().parse_args(arguments)
        verb: Callable[[argparse.Namespace], int] = options.verb
        return verb(options)
    except UserError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return NOT_DONE
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)
        return NOT_DONE
    except BrokenPipeError:
        return DONE


def parser() -> argparse.ArgumentParser:
    """All verbs with their arguments."""
    top = _Parser(
        prog="assessor", description="万企融合诊断：企业数字化水平的问卷、评分与报告。不带命令时打开窗口。"
    )
    top.add_argument("--version", action="version", version=f"assessor {__version__}")
    top.add_argument("--data", type=Path, metavar="DIR", help="数据文件夹（默认用系统的应用数据文件夹）")
    top.set_defaults(verb=_open_window)
    verbs = top.add_subparsers(title="命令", metavar="命令")
    _add_pack(verbs)
    _add(verbs, "score", _score, "按各模型评分，给出区间、等级和依据", file=True, as_json=True)
    _add_roadmap(verbs)
    _add_report(verbs)
    show = _add(verbs, "demo", _demo, "用自带的虚构企业走完全程，写出全部文件")
    show.add_argument("-o", "--out", type=Path, default=Path("demo-output"), metavar="OUT", help="输出文件夹")
    _add_policy(verbs)
    _add_travel(verbs)
    _add_aggregate(verbs)
    _add_benchmark(verbs)
    _add(verbs, "doctor", _doctor, "检查本机缺什么", as_json=True)
    return top


def _add(
    verbs: Any,
    name: str,
    verb: Callable[[argparse.Namespace], int],
    about: str,
    *,
    file: bool = False,
    as_json: bool = False,
) -> argparse.ArgumentParser:
    one: argparse.ArgumentParser = verbs.add_parser(name, help=about, description=about)
    one.set_defaults(verb=verb)
    if file:
        one.add_argument("file", type=Path, metavar="FILE", help="答案文件（JSON）或工作簿（.xlsx）")
    if as_json:
        one.add_argument("--json", action="store_true", help="以 JSON 输出")
    return one


def _add_report(verbs: Any) -> None:
    one = _add(verbs, "report", _report, "写诊断报告（.pdf、.docx 或 .html）", file=True)
    one.add_argument("-o", "--out", type=Path, required=True, metavar="OUT", help="报告文件")
    one.add_argument(
        "--for",
        dest="reader",
        choices=["boss", "plant", "agency"],
        default="plant",
        help="给谁看：boss 企业负责人（一页结论和先做几步），plant 完整报告（默认），agency 主管部门附件",
    )
    one.add_argument(
        "--template",
        default="",
        metavar="T",
        help="Word 模板：自带的名称（report、survey）或自己的 .docx 文件",
    )
    one.add_argument(
        "--budget", metavar="WAN", help="路线图每年的预算，万元（默认按规模；写了才填 Word 模板的项目清单）"
    )
    one.add_argument(
        "--quarters", type=int, metavar="N", help="路线图几个季度，4 到 12（默认 8，用 Word 模板时 12）"
    )
    one.add_argument("--no-roadmap", action="store_true", help="不排路线图，报告里没有这一章，写得快些")
    one.add_argument("--archive", action="store_true", help="存档用的 PDF/A-3，里面附工作簿和答案文件")


def _add_pack(verbs: Any) -> None:
    about = "诊断包：列出、检查、查看、编写"
    pack = verbs.add_parser("pack", help=about, description=about)
    actions = pack.add_subparsers(title="动作", metavar="动作", required=True)
    _add(actions, "list", _pack_list, "列出诊断包", as_json=True)
    check = _add(actions, "check", _pack_check, "一次报告全部错误（文件:行: 说明）", as_json=True)
    check.add_argument("path", nargs="?", metavar="PACK", help="编号或文件夹（默认检查全部）")
    diff = _add(actions, "diff", _pack_diff, "两个版本之间每道题的去向", as_json=True)
    diff.add_argument("old", type=Path, metavar="OLD", help="旧版：编号或文件夹")
    diff.add_argument("new", type=Path, metavar="NEW", help="新版：编号或文件夹")
    install = _add(actions, "install", _pack_install, "把诊断包文件装进自己的文件夹，优先于自带的")
    install.add_argument("file", type=Path, metavar="FILE", help="诊断包文件（.zip）")
    bundle = _add(actions, "bundle", _pack_bundle, "把诊断包文件夹打成一个文件，交给别人 install")
    bundle.add_argument("folder", type=Path, metavar="FOLDER", help="诊断包文件夹")
    _out(bundle, "FILE.zip", "打成的文件")
    show = _add(actions, "show", _pack_show, "查看一个诊断包的题目", as_json=True)
    show.add_argument("id", metavar="ID", help="诊断包编号，如 tires")
    _add_authoring(actions)


def _add_authoring(actions: Any) -> None:
    new = _add(actions, "new", _pack_new, "新建一个待填的诊断包，各文件都有说明和一个例子")
    new.add_argument("id", metavar="ID", help="新的编号，小写英文，如 nonferrous")
    new.add_argument("--title", default="", metavar="TEXT", help="名称，如 有色金属行业诊断包")
    new.add_argument(
        "-o",
        "--out",
        type=Path,
        metavar="FOLDER",
        help="写到哪个文件夹（默认自己的诊断包文件夹；与编号同名）",
    )
    to_excel = _add(
        actions, "to-excel", _pack_to_excel, "把诊断包写成可以编辑的 Excel 工作簿（YAML 注释不带过去）"
    )
    to_excel.add_argument("pack", metavar="PACK", help="诊断包编号或文件夹")
    _out(to_excel, "FILE.xlsx", "工作簿")
    from_excel = _add(
        actions, "from-excel", _pack_from_excel, "把编好的工作簿变回诊断包；有错就逐格报出，什么也不写"
    )
    from_excel.add_argument("file", type=Path, metavar="FILE.xlsx", help="pack to-excel 写出、改好的工作簿")
    _out(from_excel, "FOLDER", "诊断包文件夹，与编号同名")
    about = "换掉已有的诊断包文件夹；samples、cases 等其他文件留着，YAML 注释会丢"
    from_excel.add_argument("--replace", action="store_true", help=about)


def _add_roadmap(verbs: Any) -> None:
    about = "排改进路线图：用有限的钱和人手得分最多，或花钱最少达到一个等级"
    one = _add(verbs, "roadmap", _roadmap, about, file=True, as_json=True)
    one.add_argument(
        "--model", metavar="M", help="提升哪个模型的得分（默认 wanqi-ronghe；有目标时是目标的模型）"
    )
    one.add_argument("--budget", metavar="WAN", help="每年预算，万元（默认按规模）")
    one.add_argument("--quarters", type=int, default=12, metavar="N", help="计划几个季度，4 到 12（默认 12）")
    one.add_argument("--parallel", type=int, metavar="R", help="同时最多做几项（默认按规模）")
    one.add_argument("--cost", choices=["low", "middle", "high"], default="middle", help="按低、中、高哪个价")
    one.add_argument(
        "--target", metavar="MODEL:LEVEL", help="花钱最少达到的等级，可加 @季度，如 miit-sme-2024:2@8"
    )
    for flag, name, help_ in (
        ("--pin", "A:Q", "指定一项举措的开始季度，如 common.K06:2；可写多次"),
        ("--without", "A", "不列入一项举措；可写多次"),
        ("--stop", "LINE", "企业决定停掉的红线工序；可写多次"),
    ):
        one.add_argument(flag, action="append", default=[], metavar=name, help=help_)
    one.add_argument(
        "--from", dest="first", metavar="QUARTER", help="从哪个季度开始，如 2027Q1（默认诊断之后第一个）"
    )
    one.add_argument("--curve", action="store_true", help="另算花多少钱到多少分")
    one.add_argument(
        "-o",
        "--out",
        type=Path,
        metavar="FILE",
        help="写成 .xlsx（工作簿）、.xml（Project）、.ics（日历）或 .json",
    )


def _add_policy(verbs: Any) -> None:
    about = "惠企政策：有哪些、还有没有效、哪天核对过"
    policy = verbs.add_parser("policy", help=about, description=about)
    actions = policy.add_subparsers(title="动作", metavar="动作", required=True)
    listing = _add(actions, "list", _policy_list, "列出政策；给了企业的答案就按企业情况判断", as_json=True)
    listing.add_argument("--firm", type=Path, metavar="FILE", help="答案文件（JSON）或工作簿（.xlsx）")
    listing.add_argument("--date", default="", metavar="D", help="按哪一天判断，如 2026-12-01")
    listing.add_argument("--pack", default="common", metavar="ID", help="没有 --firm 时看哪个诊断包")


def _add_travel(verbs: Any) -> None:
    template = _add(verbs, "template", _template, "写一份空白工作簿，交给企业填")
    template.add_argument("pack", metavar="PACK", help="诊断包编号，如 tires")
    _out(template, "FILE.xlsx", "工作簿")
    check = _add(verbs, "check", _check, "检查工作簿，一次列出全部问题", as_json=True)
    check.add_argument("files", type=Path, nargs="+", metavar="FILE", help="工作簿")
    _add(verbs, "import", _import, "把工作簿、答案文件或同事的一部分收进来", file=True)
    export = _add(verbs, "export", _export, "导出一次诊断：.xlsx、.json，或连同记录和佐证的 .zip")
    export.add_argument("id", type=int, metavar="ID", help="诊断编号")
    _out(export, "FILE", "导出的文件")
    merge = _add(verbs, "merge", _merge, "合并几位诊断人各自的部分（.zip），先后不影响结果")
    merge.add_argument("files", type=Path, nargs="+", metavar="FILE", help="export 写出的 .zip")
    backup = _add(verbs, "backup", _backup, "备份全部数据，窗口开着也可以")
    backup.add_argument("file", type=Path, metavar="FILE", help="备份文件（.zip）")
    restore = _add(verbs, "restore", _restore, "把备份放回现有数据旁边，不覆盖")
    restore.add_argument("file", type=Path, metavar="FILE", help="备份文件（.zip）")


def _add_aggregate(verbs: Any) -> None:
    one = _add(verbs, "aggregate", _aggregate, "汇总文件夹里的工作簿：台账、统计、通报", as_json=True)
    one.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="收到的工作簿所在的文件夹")
    _out(one, "OUT", "输出文件夹")
    one.add_argument("--campaign", default="", metavar="C", help="只收这一年度（默认统计份数最多的年度）")
    one.add_argument(
        "--roster", type=Path, metavar="LIST", help="应报企业名单（.csv 或 .xlsx），据此算报送率"
    )
    one.add_argument("--strict", action="store_true", help="有个别答案不能采用的文件整份不计入")
    one.add_argument(
        "--workers", type=_count, default=0, metavar="N", help="读文件的进程数（默认每个处理器一个）"
    )
    one.add_argument("--resume", action="store_true", help="接着上次：读过的文件不再重读")


def _add_benchmark(verbs: Any) -> None:
    about = "基准包：把一批企业合起来的数字公布给诊断现场，不露出任何一家"
    benchmark = verbs.add_parser("benchmark", help=about, description=about)
    actions = benchmark.add_subparsers(title="动作", metavar="动作", required=True)
    publish = _add(actions, "publish", _benchmark_publish, "从一次汇总写出基准包")
    publish.add_argument("intake", type=Path, metavar="OUT", help="aggregate 的输出文件夹")
    _out(publish, "FILE.zip", "基准包文件")
    publish.add_argument("--k", type=_count, default=5, metavar="K", help="最小公开样本数，至少 3（默认 5）")
    publish.add_argument(
        "--earlier",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE",
        help="别的汇总以前公布的基准包，或它的参与企业记录；同一输出文件夹公布过的自动核对",
    )
    install = _add(actions, "import", _benchmark_import, "装入主管部门发来的基准包")
    install.add_argument("file", type=Path, metavar="FILE", help="基准包文件（.zip）")
    _add(actions, "list", _benchmark_list, "列出装了哪些基准包，哪个在用", as_json=True)


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError("应为 1 到 256")
    return int(text)


def _out(one: argparse.ArgumentParser, name: str, about: str) -> None:
    one.add_argument("-o", "--out", type=Path, required=True, metavar=name, help=about)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _open_window(options: argparse.Namespace) -> int:
    from assessor.gui.app import run

    return run(options.data)


def _pack_list(options: argparse.Namespace) -> int:
    from assessor import commands

    rows = commands.list_packs(commands.places(options.data))
    if options.json:
        _print_json([{**_fields(row), "folder": str(row.folder)} for row in rows])
        return DONE
    for row in rows:
        faults = f"，{row.faults} 处错误" if row.faults else ""
        what = f"补充 {row.overlays} 的政策和平台" if row.overlays else f"{row.questions} 题"
        print(f"{row.id}\t{row.version}\t{row.title}\t{what}{faults}")
    return DONE


def _fields(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}


def _pack_check(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import authoring

    here = commands.places(options.data)
    folder = authoring.folder_of(here, options.path) if options.path else None
    problems = commands.check_packs(here, folder)
    if options.json:
        _print_json([problem.as_json() for problem in problems])
    else:
        for problem in problems:
            print(problem)
        print("没有发现错误。" if not problems else f"共 {len(problems)} 处错误。")
    return FOUND_WRONG if problems else DONE


def _pack_show(options: argparse.Namespace) -> int:
    from assessor import commands

    pack = commands.get_pack(commands.places(options.data), options.id)
    if options.json:
        _print_json(commands.pack_document(pack))
        return DONE
    print(f"{pack.manifest.title}（{pack.id} {pack.version}，{pack.manifest.date}）")
    for section in pack.sections:
        print(f"\n{section.title}")
        for question in section.questions:
            print(f"  {question.id:<10}{question.title}（{question.kind}）")
    for model in pack.models:
        print(f"\n模型 {model.id}：{model.title}")
    return DONE


def _score(options: argparse.Namespace) -> int:
    from assessor import commands

    diagnosis = commands.diagnose_file(commands.places(options.data), options.file)
    if options.json:
        _print_json(commands.score_document(diagnosis))
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
        _print_json(roadmap.document(made))
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


def _doctor(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import machine

    checks = machine.doctor(commands.places(options.data))
    if options.json:
        _print_json([_fields(check) for check in checks])
    else:
        for check in checks:
            print(f"{'有' if check.good else '缺'}  {check.what}：{check.found}")
    return DONE if all(check.good for check in checks) else FOUND_WRONG


def _template(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import workbooks

    print(workbooks.write_template(commands.places(options.data), options.pack, options.out))
    return DONE


def _check(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import workbooks

    found = workbooks.check_workbooks(commands.places(options.data), options.files)
    if options.json:
        _print_json([workbooks.check_document(one) for one in found])
    else:
        print("\n".join(f"{one.file}：{workbooks.STATES[one.read.state]}\n{one.mail}" for one in found))
    return DONE if all(one.good for one in found) else FOUND_WRONG


def _import(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import travel

    print(travel.merged_text(travel.import_file(commands.places(options.data), options.file)))
    return DONE


def _export(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import travel

    print(travel.export_assessment(commands.places(options.data), options.id, options.out))
    return DONE


def _merge(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import travel

    for merged in travel.merge_files(commands.places(options.data), options.files):
        print(travel.merged_text(merged))
    return DONE


def _backup(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import travel

    done = travel.back_up(commands.places(options.data), options.file)
    print(f"{options.file}：{done.assessments} 次诊断，{done.evidence} 份佐证，{done.bytes} 字节")
    for digest in done.missing:
        print(f"佐证文件已丢失或损坏，没有备份：{digest}")
    return FOUND_WRONG if done.missing else DONE


def _restore(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import travel

    folder = travel.put_back(commands.places(options.data), options.file)
    print(f"已放在 {folder}；查看请用 --data {folder}。现有数据没有改动。")
    return DONE


def _pack_diff(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import travel

    found = travel.diff_packs(commands.places(options.data), options.old, options.new)
    if options.json:
        _print_json(travel.diff_document(found))
    else:
        print(travel.diff_text(found))
    return DONE


def _pack_bundle(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import policies

    made = policies.make_bundle(commands.places(options.data), options.folder, options.out)
    print(f"{options.out}：{made.title} {made.version}，内容摘要 {made.digest[:12]}")
    return DONE


def _policy_list(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import policies

    here = commands.places(options.data)
    listing = policies.list_policies(here, options.firm, options.date, options.pack)
    if options.json:
        _print_json(policies.policies_document(listing))
    else:
        print(policies.policies_text(listing))
    return DONE


def _pack_install(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import travel

    done = travel.install_pack(commands.places(options.data), options.file)
    print(f"已装入：{'、'.join(done.placed) or '无'}；本来就有：{'、'.join(done.kept) or '无'}")
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
    with _Progress() as progress:
        done = intake.aggregate(commands.places(options.data), wanted, progress.show)
    if options.json:
        _print_json(intake.aggregated_document(done))
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


def _pack_new(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import authoring

    here = commands.places(options.data)
    folder = authoring.new_pack(here, options.id, options.title, options.out)
    left = sum(problem.code == "pack-todo" for problem in commands.check_packs(here, folder))
    print(f"{folder}：有 {left} 处 TODO 要填。填的时候随时运行 pack check {folder}")
    return DONE


def _pack_to_excel(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import authoring

    print(authoring.write_pack_book(commands.places(options.data), options.pack, options.out))
    return DONE


def _pack_from_excel(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import authoring

    here = commands.places(options.data)
    print(authoring.read_pack_book(here, options.file, options.out, replace=options.replace))
    return DONE


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
        _print_json(benchmarks.listed_document(found))
    else:
        print(benchmarks.listed_text(found))
    return DONE

"""Verbs of packs: looked at, checked, written, carried."""

import argparse
from pathlib import Path
from typing import Any

from assessor.cli.shell import DONE, FOUND_WRONG, add, add_out, fields, print_json
from assessor.words import _, named


def add_packs(verbs: Any) -> None:
    """`pack` and all that belongs to it."""
    about = _("诊断包：列出、检查、查看、编写")
    pack = verbs.add_parser("pack", help=about, description=about)
    actions = pack.add_subparsers(title=_("动作"), metavar=_("动作"), required=True)
    add(actions, "list", _pack_list, _("列出诊断包"), as_json=True)
    check = add(actions, "check", _pack_check, _("一次报告全部错误（文件:行: 说明）"), as_json=True)
    check.add_argument("path", nargs="?", metavar="PACK", help=_("编号或文件夹（默认检查全部）"))
    diff = add(actions, "diff", _pack_diff, _("两个版本之间每道题的去向"), as_json=True)
    diff.add_argument("old", type=Path, metavar="OLD", help=_("旧版：编号或文件夹"))
    diff.add_argument("new", type=Path, metavar="NEW", help=_("新版：编号或文件夹"))
    install = add(actions, "install", _pack_install, _("把诊断包文件装进自己的文件夹，优先于自带的"))
    install.add_argument("file", type=Path, metavar="FILE", help=_("诊断包文件（.zip）"))
    bundle = add(actions, "bundle", _pack_bundle, _("把诊断包文件夹打成一个文件，交给别人 install"))
    bundle.add_argument("folder", type=Path, metavar="FOLDER", help=_("诊断包文件夹"))
    add_out(bundle, "FILE.zip", _("打成的文件"))
    show = add(actions, "show", _pack_show, _("查看一个诊断包的题目"), as_json=True)
    show.add_argument("id", metavar="ID", help=_("诊断包编号，如 tires"))
    _add_authoring(actions)


def _add_authoring(actions: Any) -> None:
    new = add(actions, "new", _pack_new, _("新建一个待填的诊断包，各文件都有说明和一个例子"))
    new.add_argument("id", metavar="ID", help=_("新的编号，小写英文，如 nonferrous"))
    new.add_argument("--title", default="", metavar="TEXT", help=_("名称，如 有色金属行业诊断包"))
    new.add_argument(
        "-o",
        "--out",
        type=Path,
        metavar="FOLDER",
        help=_("写到哪个文件夹（默认自己的诊断包文件夹；与编号同名）"),
    )
    to_excel = add(
        actions, "to-excel", _pack_to_excel, _("把诊断包写成可以编辑的 Excel 工作簿（YAML 注释不带过去）")
    )
    to_excel.add_argument("pack", metavar="PACK", help=_("诊断包编号或文件夹"))
    add_out(to_excel, "FILE.xlsx", _("工作簿"))
    from_excel = add(
        actions, "from-excel", _pack_from_excel, _("把编好的工作簿变回诊断包；有错就逐格报出，什么也不写")
    )
    from_excel.add_argument(
        "file", type=Path, metavar="FILE.xlsx", help=_("pack to-excel 写出、改好的工作簿")
    )
    add_out(from_excel, "FOLDER", _("诊断包文件夹，与编号同名"))
    about = _("换掉已有的诊断包文件夹；samples、cases 等其他文件留着，YAML 注释会丢")
    from_excel.add_argument("--replace", action="store_true", help=about)


def _pack_list(options: argparse.Namespace) -> int:
    from assessor import commands

    rows = commands.list_packs(commands.places(options.data))
    if options.json:
        print_json([{**fields(row), "folder": str(row.folder)} for row in rows])
        return DONE
    for row in rows:
        faults = _("，{faults} 处错误").format(faults=row.faults) if row.faults else ""
        what = (
            _("补充 {overlays} 的政策和平台").format(overlays=row.overlays)
            if row.overlays
            else _("{questions} 题").format(questions=row.questions)
        )
        print(f"{row.id}\t{row.version}\t{named(row)}\t{what}{faults}")
    return DONE


def _pack_check(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import authoring

    here = commands.places(options.data)
    folder = authoring.folder_of(here, options.path) if options.path else None
    problems = commands.check_packs(here, folder)
    if options.json:
        print_json([problem.as_json() for problem in problems])
    else:
        for problem in problems:
            print(problem)
        print(_("没有发现错误。") if not problems else _("共 {count} 处错误。").format(count=len(problems)))
    return FOUND_WRONG if problems else DONE


def _pack_show(options: argparse.Namespace) -> int:
    from assessor import commands

    pack = commands.get_pack(commands.places(options.data), options.id)
    if options.json:
        print_json(commands.pack_document(pack))
        return DONE
    print(
        _("{title}（{id} {version}，{date}）").format(
            title=named(pack.manifest), id=pack.id, version=pack.version, date=pack.manifest.date
        )
    )
    for section in pack.sections:
        print(f"\n{named(section)}")
        for question in section.questions:
            print(
                _("  {id:<10}{title}（{kind}）").format(
                    id=question.id, title=named(question), kind=question.kind
                )
            )
    for model in pack.models:
        print(_("\n模型 {id}：{title}").format(id=model.id, title=named(model)))
    return DONE


def _pack_diff(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import travel

    found = travel.diff_packs(commands.places(options.data), options.old, options.new)
    if options.json:
        print_json(travel.diff_document(found))
    else:
        print(travel.diff_text(found))
    return DONE


def _pack_bundle(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import policies

    made = policies.make_bundle(commands.places(options.data), options.folder, options.out)
    print(
        _("{out}：{title} {version}，内容摘要 {digest}").format(
            out=options.out, title=made.title, version=made.version, digest=made.digest[:12]
        )
    )
    return DONE


def _pack_install(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import travel

    done = travel.install_pack(commands.places(options.data), options.file)
    print(
        _("已装入：{value}；本来就有：{value2}").format(
            value=_("、").join(done.placed) or _("无"), value2=_("、").join(done.kept) or _("无")
        )
    )
    return DONE


def _pack_new(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import authoring

    here = commands.places(options.data)
    folder = authoring.new_pack(here, options.id, options.title, options.out)
    left = sum(problem.code == "pack-todo" for problem in commands.check_packs(here, folder))
    print(
        _("{folder}：有 {left} 处 TODO 要填。填的时候随时运行 pack check {folder}").format(
            folder=folder, left=left
        )
    )
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

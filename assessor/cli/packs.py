"""Verbs of packs: looked at, checked, written, carried."""

import argparse
from pathlib import Path
from typing import Any

from assessor.cli.shell import DONE, FOUND_WRONG, add, add_out, fields, print_json


def add_packs(verbs: Any) -> None:
    """`pack` and all that belongs to it."""
    about = "诊断包：列出、检查、查看、编写"
    pack = verbs.add_parser("pack", help=about, description=about)
    actions = pack.add_subparsers(title="动作", metavar="动作", required=True)
    add(actions, "list", _pack_list, "列出诊断包", as_json=True)
    check = add(actions, "check", _pack_check, "一次报告全部错误（文件:行: 说明）", as_json=True)
    check.add_argument("path", nargs="?", metavar="PACK", help="编号或文件夹（默认检查全部）")
    diff = add(actions, "diff", _pack_diff, "两个版本之间每道题的去向", as_json=True)
    diff.add_argument("old", type=Path, metavar="OLD", help="旧版：编号或文件夹")
    diff.add_argument("new", type=Path, metavar="NEW", help="新版：编号或文件夹")
    install = add(actions, "install", _pack_install, "把诊断包文件装进自己的文件夹，优先于自带的")
    install.add_argument("file", type=Path, metavar="FILE", help="诊断包文件（.zip）")
    bundle = add(actions, "bundle", _pack_bundle, "把诊断包文件夹打成一个文件，交给别人 install")
    bundle.add_argument("folder", type=Path, metavar="FOLDER", help="诊断包文件夹")
    add_out(bundle, "FILE.zip", "打成的文件")
    show = add(actions, "show", _pack_show, "查看一个诊断包的题目", as_json=True)
    show.add_argument("id", metavar="ID", help="诊断包编号，如 tires")
    _add_authoring(actions)


def _add_authoring(actions: Any) -> None:
    new = add(actions, "new", _pack_new, "新建一个待填的诊断包，各文件都有说明和一个例子")
    new.add_argument("id", metavar="ID", help="新的编号，小写英文，如 nonferrous")
    new.add_argument("--title", default="", metavar="TEXT", help="名称，如 有色金属行业诊断包")
    new.add_argument(
        "-o",
        "--out",
        type=Path,
        metavar="FOLDER",
        help="写到哪个文件夹（默认自己的诊断包文件夹；与编号同名）",
    )
    to_excel = add(
        actions, "to-excel", _pack_to_excel, "把诊断包写成可以编辑的 Excel 工作簿（YAML 注释不带过去）"
    )
    to_excel.add_argument("pack", metavar="PACK", help="诊断包编号或文件夹")
    add_out(to_excel, "FILE.xlsx", "工作簿")
    from_excel = add(
        actions, "from-excel", _pack_from_excel, "把编好的工作簿变回诊断包；有错就逐格报出，什么也不写"
    )
    from_excel.add_argument("file", type=Path, metavar="FILE.xlsx", help="pack to-excel 写出、改好的工作簿")
    add_out(from_excel, "FOLDER", "诊断包文件夹，与编号同名")
    about = "换掉已有的诊断包文件夹；samples、cases 等其他文件留着，YAML 注释会丢"
    from_excel.add_argument("--replace", action="store_true", help=about)


def _pack_list(options: argparse.Namespace) -> int:
    from assessor import commands

    rows = commands.list_packs(commands.places(options.data))
    if options.json:
        print_json([{**fields(row), "folder": str(row.folder)} for row in rows])
        return DONE
    for row in rows:
        faults = f"，{row.faults} 处错误" if row.faults else ""
        what = f"补充 {row.overlays} 的政策和平台" if row.overlays else f"{row.questions} 题"
        print(f"{row.id}\t{row.version}\t{row.title}\t{what}{faults}")
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
        print("没有发现错误。" if not problems else f"共 {len(problems)} 处错误。")
    return FOUND_WRONG if problems else DONE


def _pack_show(options: argparse.Namespace) -> int:
    from assessor import commands

    pack = commands.get_pack(commands.places(options.data), options.id)
    if options.json:
        print_json(commands.pack_document(pack))
        return DONE
    print(f"{pack.manifest.title}（{pack.id} {pack.version}，{pack.manifest.date}）")
    for section in pack.sections:
        print(f"\n{section.title}")
        for question in section.questions:
            print(f"  {question.id:<10}{question.title}（{question.kind}）")
    for model in pack.models:
        print(f"\n模型 {model.id}：{model.title}")
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
    print(f"{options.out}：{made.title} {made.version}，内容摘要 {made.digest[:12]}")
    return DONE


def _pack_install(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import travel

    done = travel.install_pack(commands.places(options.data), options.file)
    print(f"已装入：{'、'.join(done.placed) or '无'}；本来就有：{'、'.join(done.kept) or '无'}")
    return DONE


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

"""Verbs that carry assessments between machines and years."""

import argparse
from pathlib import Path
from typing import Any

from assessor.cli.shell import DONE, FOUND_WRONG, add, add_out, print_json


def add_travel(verbs: Any) -> None:
    """`template`, `check`, `import`, `export`, `merge`, `backup`, `restore`."""
    template = add(verbs, "template", _template, "写一份空白工作簿，交给企业填")
    template.add_argument("pack", metavar="PACK", help="诊断包编号，如 tires")
    add_out(template, "FILE.xlsx", "工作簿")
    check = add(verbs, "check", _check, "检查工作簿，一次列出全部问题", as_json=True)
    check.add_argument("files", type=Path, nargs="+", metavar="FILE", help="工作簿")
    add(verbs, "import", _import, "把工作簿、答案文件或同事的一部分收进来", file=True)
    export = add(verbs, "export", _export, "导出一次诊断：.xlsx、.json，或连同记录和佐证的 .zip")
    export.add_argument("id", type=int, metavar="ID", help="诊断编号")
    add_out(export, "FILE", "导出的文件")
    merge = add(verbs, "merge", _merge, "合并几位诊断人各自的部分（.zip），先后不影响结果")
    merge.add_argument("files", type=Path, nargs="+", metavar="FILE", help="export 写出的 .zip")
    backup = add(verbs, "backup", _backup, "备份全部数据，窗口开着也可以")
    backup.add_argument("file", type=Path, metavar="FILE", help="备份文件（.zip）")
    restore = add(verbs, "restore", _restore, "把备份放回现有数据旁边，不覆盖")
    restore.add_argument("file", type=Path, metavar="FILE", help="备份文件（.zip）")


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
        print_json([workbooks.check_document(one) for one in found])
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

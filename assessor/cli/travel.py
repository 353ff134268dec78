"""Verbs that carry assessments between machines and years."""

import argparse
from pathlib import Path
from typing import Any

from assessor.cli.shell import DONE, FOUND_WRONG, add, add_out, print_json
from assessor.words import _


def add_travel(verbs: Any) -> None:
    """`template`, `check`, `import`, `export`, `merge`, `backup`, `restore`."""
    template = add(verbs, "template", _template, _("写一份空白工作簿，交给企业填"))
    template.add_argument("pack", metavar="PACK", help=_("诊断包编号，如 tires"))
    add_out(template, "FILE.xlsx", _("工作簿"))
    check = add(verbs, "check", _check, _("检查工作簿，一次列出全部问题"), as_json=True)
    check.add_argument("files", type=Path, nargs="+", metavar="FILE", help=_("工作簿"))
    add(verbs, "import", _import, _("把工作簿、答案文件或同事的一部分收进来"), file=True)
    export = add(verbs, "export", _export, _("导出一次诊断：.xlsx、.json，或连同记录和佐证的 .zip"))
    export.add_argument("id", type=int, metavar="ID", help=_("诊断编号"))
    add_out(export, "FILE", _("导出的文件"))
    merge = add(verbs, "merge", _merge, _("合并几位诊断人各自的部分（.zip），先后不影响结果"))
    merge.add_argument("files", type=Path, nargs="+", metavar="FILE", help=_("export 写出的 .zip"))
    backup = add(verbs, "backup", _backup, _("备份全部数据，窗口开着也可以"))
    backup.add_argument("file", type=Path, metavar="FILE", help=_("备份文件（.zip）"))
    restore = add(verbs, "restore", _restore, _("把备份放回现有数据旁边，不覆盖"))
    restore.add_argument("file", type=Path, metavar="FILE", help=_("备份文件（.zip）"))


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
        print(
            "\n".join(
                _("{file}：{states}\n{mail}").format(
                    file=one.file, states=_(workbooks.STATES[one.read.state]), mail=one.mail
                )
                for one in found
            )
        )
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
    print(
        _("{file}：{assessments} 次诊断，{evidence} 份佐证，{bytes} 字节").format(
            file=options.file, assessments=done.assessments, evidence=done.evidence, bytes=done.bytes
        )
    )
    for digest in done.missing:
        print(_("佐证文件已丢失或损坏，没有备份：{digest}").format(digest=digest))
    return FOUND_WRONG if done.missing else DONE


def _restore(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import travel

    folder = travel.put_back(commands.places(options.data), options.file)
    print(_("已放在 {folder}；查看请用 --data {folder}。现有数据没有改动。").format(folder=folder))
    return DONE

"""How is the program driven from a shell? Arguments in, `commands` called, lines out.

Exit status: 0 done; 1 done, and what was looked for was found wrong; 2 could not be done.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from assessor import __version__
from assessor.cli.agency import add_agency
from assessor.cli.firm import add_firm
from assessor.cli.packs import add_packs
from assessor.cli.shell import DONE, FOUND_WRONG, NOT_DONE, add, add_language, fields, print_json
from assessor.cli.travel import add_travel
from assessor.cli.usage import usage_text
from assessor.errors import UserError, refuse
from assessor.words import LANGUAGES, Language, _, language, speak

__all__ = ["DONE", "FOUND_WRONG", "NOT_DONE", "main", "parser"]


class _Parser(argparse.ArgumentParser):
    """A parser that reports wrong usage like every other problem."""

    def error(self, message: str) -> NoReturn:
        raise refuse("usage", reason=usage_text(message))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    before = language()
    speak(_wanted_language(given) or before)
    try:
        options = parser().parse_args(given)
        verb: Callable[[argparse.Namespace], int] = options.verb
        return verb(options)
    except UserError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return NOT_DONE
    except KeyboardInterrupt:
        print(_("已停止。"), file=sys.stderr)
        return NOT_DONE
    except BrokenPipeError:
        return DONE
    finally:
        speak(before)


def _wanted_language(arguments: Sequence[str]) -> Language | None:
    """The language asked for, known before the parser is made: its own texts are in it too."""
    scout = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    scout.add_argument("--lang", choices=LANGUAGES)
    try:
        found: Language | None = scout.parse_known_args(arguments)[0].lang
    except argparse.ArgumentError:
        return None
    return found


def parser() -> argparse.ArgumentParser:
    """All verbs with their arguments."""
    top = _Parser(
        prog="assessor", description=_("万企融合诊断：企业数字化水平的问卷、评分与报告。不带命令时打开窗口。")
    )
    top.add_argument("--version", action="version", version=f"assessor {__version__}")
    top.add_argument("--data", type=Path, metavar="DIR", help=_("数据文件夹（默认用系统的应用数据文件夹）"))
    add_language(top, None)
    top.set_defaults(verb=_open_window)
    verbs = top.add_subparsers(title=_("命令"), metavar=_("命令"))
    add_packs(verbs)
    add_firm(verbs)
    add_travel(verbs)
    add_agency(verbs)
    add(verbs, "doctor", _doctor, _("检查本机缺什么"), as_json=True)
    return top


def _open_window(options: argparse.Namespace) -> int:
    from assessor.gui.app import run

    return run(options.data, options.lang)


def _doctor(options: argparse.Namespace) -> int:
    from assessor import commands
    from assessor.commands import machine

    checks = machine.doctor(commands.places(options.data))
    if options.json:
        print_json([fields(check) for check in checks])
    else:
        for check in checks:
            print(
                _("{rest}  {what}：{found}").format(
                    rest=_("有") if check.good else _("缺"), what=check.what, found=check.found
                )
            )
    return DONE if all(check.good for check in checks) else FOUND_WRONG

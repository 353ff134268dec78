"""What all verbs share: how one is told to the parser, how a result is printed, what the exit status is."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assessor.words import LANGUAGES, _

DONE, FOUND_WRONG, NOT_DONE = 0, 1, 2


def add(
    verbs: Any,
    name: str,
    verb: Callable[[argparse.Namespace], int],
    about: str,
    *,
    file: bool = False,
    as_json: bool = False,
) -> argparse.ArgumentParser:
    """A verb with what most verbs have."""
    one: argparse.ArgumentParser = verbs.add_parser(name, help=about, description=about)
    one.set_defaults(verb=verb)
    if file:
        one.add_argument("file", type=Path, metavar="FILE", help=_("答案文件（JSON）或工作簿（.xlsx）"))
    if as_json:
        one.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
    return one


def add_out(one: argparse.ArgumentParser, name: str, about: str) -> None:
    """`-o`, which must be given."""
    one.add_argument("-o", "--out", type=Path, required=True, metavar=name, help=about)


def add_language(one: argparse.ArgumentParser, default: str | None) -> None:
    """`--lang`, in which the verb speaks."""
    about = _("说哪种语言：zh 中文，en 英文；窗口不写则照上次")
    one.add_argument("--lang", choices=LANGUAGES, default=default, help=about)


def count(text: str) -> int:
    """A number of workers or the like: 1 to 256."""
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(_("应为 1 到 256"))
    return int(text)


def fields(row: Any) -> dict[str, Any]:
    """A row of slots as a mapping."""
    return {name: getattr(row, name) for name in row.__slots__}


def print_json(value: object) -> None:
    """JSON for machines, Chinese left readable."""
    print(json.dumps(value, ensure_ascii=False, indent=2))

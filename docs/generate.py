"""Write the pages and schemas that follow from the code: command line, error codes, pack schemas.

`python3 dev.py docs` runs this; a test fails while a page is out of date.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assessor.cli import parser  # noqa: E402  # the checkout, not an installed copy
from assessor.errors import PROBLEMS  # noqa: E402
from assessor.pack.schema import schemas  # noqa: E402


def pages() -> Mapping[Path, str]:
    """Every generated file with its text."""
    found = {
        ROOT / "docs/command-line.md": "\n".join(command_line()) + "\n",
        ROOT / "docs/error-codes.md": "\n".join(error_codes()) + "\n",
    }
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True)
        found[ROOT / f"questionnaires/schema/{name}.json"] = text + "\n"
    return found


def command_line() -> Iterator[str]:
    """The page of verbs and options."""
    yield "# 命令行"
    yield ""
    yield "由 `python3 dev.py docs` 生成。不带命令时打开窗口。"
    yield "退出状态：0 完成；1 完成，但查出了问题；2 没能完成。"
    yield from _verbs(parser(), "assessor")


def _verbs(one: argparse.ArgumentParser, name: str) -> Iterator[str]:
    yield ""
    yield f"## `{name}`"
    yield ""
    yield one.description or ""
    options = [action for action in one._actions if not isinstance(action, argparse._SubParsersAction)]
    if options:
        yield ""
        yield "| 参数 | 说明 |"
        yield "|---|---|"
    for action in options:
        names = "、".join(f"`{text}`" for text in action.option_strings) or f"`{action.metavar}`"
        yield f"| {names} | {'显示用法' if '--help' in action.option_strings else action.help} |"
    for action in one._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb, inner in action.choices.items():
                yield from _verbs(inner, f"{name} {verb}")


def error_codes() -> Iterator[str]:
    """The page of error codes."""
    yield "# 错误代码"
    yield ""
    yield "由 `python3 dev.py docs` 生成。每条信息的样子是：`位置: 出了什么事。怎么办。[代码]`。"
    yield ""
    yield "| 代码 | 出了什么事 | 怎么办 |"
    yield "|---|---|---|"
    for code, (what, remedy) in sorted(PROBLEMS.items()):
        yield f"| `{code}` | {what} | {remedy} |"


if __name__ == "__main__":
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))

"""Write the pages and schemas that follow from code and content: command line, error codes, crosswalk.

`python3 dev.py docs` runs this; a test fails while a page is out of date.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assessor.cli import parser  # noqa: E402  # the checkout, not an installed copy
from assessor.errors import PROBLEMS  # noqa: E402
from assessor.pack.load import open_pack, pack_folders  # noqa: E402
from assessor.pack.model import Pack  # noqa: E402
from assessor.pack.schema import schemas  # noqa: E402
from assessor.pack.standard import CapabilityModel, LadderModel  # noqa: E402
from assessor.report.context_standards import cross_heads, cross_standards  # noqa: E402
from assessor.report.docx.fields import LISTS, LONG, TEXTS, WHOLE  # noqa: E402
from assessor.report.readers import CHAPTERS, TITLES  # noqa: E402
from assessor.words import SURE  # noqa: E402

WORD = ROOT / "docs/word-templates.md"


def pages() -> Mapping[Path, str]:
    """Every generated file with its text."""
    found = {
        ROOT / "docs/command-line.md": "\n".join(command_line()) + "\n",
        ROOT / "docs/error-codes.md": "\n".join(error_codes()) + "\n",
        ROOT / "docs/crosswalk.md": "\n".join(crosswalk()) + "\n",
        WORD: _between(WORD.read_text(encoding="utf-8"), "\n".join(word_fields())),
    }
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True)
        found[ROOT / f"questionnaires/schema/{name}.json"] = text + "\n"
    return found


def _between(page: str, made: str) -> str:
    """A page written by hand with what is made between its two marks."""
    head, start, rest = page.partition("<!-- 字段开始 -->\n")
    _, end, tail = rest.partition("<!-- 字段结束 -->")
    return f"{head}{start}\n{made}\n\n{end}{tail}"


def word_fields() -> Iterator[str]:
    """Every field of a Word template with what becomes of it."""
    yield "### 一段文字"
    yield ""
    yield from _table(("字段", "换成什么"), ((_field(name), text) for name, text in TEXTS.items()))
    yield ""
    yield "### 清单，一行一件"
    yield ""
    lists = ((f"`{name}`", text, "、".join(cells)) for name, (text, cells) in LISTS.items())
    yield from _table(("清单", "内容", "每一行里有"), lists)
    yield ""
    yield "### 一章"
    yield ""
    readers = ("boss", "plant", "agency")
    yield "后三栏是 `{{全部章节}}` 按读者包含哪些章；点了名的章，不论给谁看都出。"
    yield ""
    yield from _table(
        ("字段", "企业负责人（boss）", "完整（plant）", "主管部门（agency）"),
        (
            (_field(title), *("有" if chapter in CHAPTERS[reader] else "" for reader in readers))
            for chapter, title in TITLES.items()
        ),
    )
    yield ""
    yield f"另有 {_field(WHOLE)}，以及只用来判断、不印出来的 `{LONG}`（章节多到值得有目录）。"


def _field(name: str) -> str:
    return f"`{{{{{name}}}}}`"


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


def crosswalk() -> Iterator[str]:
    """The page that holds scenes and questions against the other standards."""
    roots = (ROOT / "questionnaires",)
    packs = [open_pack(name, roots) for name in sorted(pack_folders(roots))]
    common = next(pack for pack in packs if not pack.manifest.depends)
    trades = [pack for pack in packs if pack.crosswalk is not None]
    yield "# 对照表：同样的答案，在各个标准里说到哪里"
    yield ""
    yield "由 `python3 dev.py docs` 从 `questionnaires/` 里的模型文件和对照表生成，不要手改。"
    yield "归到哪里是编写组的专家判断；“—”是没有对应。怎么用见 [分数是怎么算出来的](scoring.md)。"
    yield ""
    yield "## 部里场景"
    yield ""
    yield from _table(
        ("部里场景", *(pack.manifest.title for pack in trades), *cross_heads(common)),
        (_ministry_row(common, trades, scene.id) for scene in common.models[0].scenes),
    )
    for pack in trades:
        yield ""
        yield f"## {pack.manifest.title}的场景"
        yield ""
        yield from _table(("场景", "部里场景", *cross_heads(pack)), _trade_rows(pack))
    for model in common.standards:
        yield ""
        yield f"## {model.title}"
        yield ""
        yield model.note or model.says
        yield ""
        yield from _nodes(common, model) if isinstance(model, CapabilityModel) else _gates(common, model)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell or '—' for cell in row)} |"


def _ministry_row(common: Pack, trades: Sequence[Pack], scene: str) -> tuple[str, ...]:
    named = [
        "、".join(key for key, link in pack.crosswalk.scenes.items() if scene in link.ministry)
        for pack in trades
        if pack.crosswalk
    ]
    return (f"{scene} {common.questions[scene].title}", *named, *cross_standards(common, scene))


def _trade_rows(pack: Pack) -> Iterator[tuple[str, ...]]:
    for scene in pack.scenes:
        link = pack.crosswalk.scenes[scene.id] if pack.crosswalk else None
        titles = "、".join(pack.questions[name].title for name in (link.ministry if link else ()))
        yield (f"{scene.id} {scene.title}", titles, *cross_standards(pack, scene.id))


def _nodes(pack: Pack, model: CapabilityModel) -> Iterator[str]:
    kinds = {kind.id: kind.title for kind in model.types}
    rows = []
    for node in model.nodes():
        stated = (
            f"{kinds[kind]} {weight.value:f}%（{SURE[weight.cite.sure]}）"
            for kind, weight in node.weights.items()
        )
        only = f"（仅{'、'.join(kinds[kind] for kind in node.only)}）" if node.only else ""
        said = "、".join(f"{name} {pack.questions[name].title}" for name in node.questions)
        rows.append((f"{node.title}{only}", "；".join(stated) or "没有公开读到", said))
    yield from _table(("要素、域、子域", "权重", "说到它的题（行业场景另见上表）"), rows)


def _gates(pack: Pack, model: LadderModel) -> Iterator[str]:
    rows = []
    for name, gates in (("各级", model.common), *((rung.name, rung.gates) for rung in model.rungs)):
        for gate in gates:
            ids = sorted({*(gate.when.ids() if gate.when else ()), *gate.speaks})
            titles = "、".join(pack.items[one].title for one in ids)
            seen = gate.near or ("看证书或名单" if gate.paper else "不判")
            rows.append((name, gate.title, seen, titles, SURE[gate.cite.sure]))
    yield from _table(("级", "条件", "怎么看", "说到它的题", "条件的来源"), rows)


if __name__ == "__main__":
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))

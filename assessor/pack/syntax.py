"""Why can YAML not be read, in words for people who have never heard of it? And what it reads amiss."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from assessor.words import _

_INDENT = "缩进不齐：同一项里的各行要左对齐，缩进只用空格"
_COLON_IN_TEXT = "一行里有两个冒号加空格；文字里有英文冒号的，整段要用英文双引号括起来"

_REASONS: Mapping[str, str] = {
    "found a tab character": "行首用了制表符（Tab），缩进只能用空格",
    "found character '\\t'": "行首用了制表符（Tab），缩进只能用空格",
    "did not find expected '-' indicator": "列表写到一半缺了短横线 -，或者" + _INDENT,
    "did not find expected key": _INDENT,
    "did not find expected ',' or '}'": "花括号没有配对，或者少了英文逗号",
    "did not find expected ',' or ']'": "方括号没有配对，或者少了英文逗号",
    "found unexpected end of stream": "引号没有配对，从这里开始的引号一直没有结束",
    "found unknown escape character": "双引号里的反斜杠读不懂，请去掉反斜杠或改用单引号",
    "found character that cannot start any token": "这里的符号不能打头，请用英文双引号括起来",
    "block sequence entries are not allowed": _INDENT,
    "did not find expected node content": "这里应有内容；逗号、括号要用英文的",
}
_FULL_COLON = re.compile(r"^\s*(?:- )?[\w.-]+：")
_NO_SPACE = re.compile(r"^\s*(?:- )?[A-Za-z_][\w.-]*:[^\s:]")
_TWO_COLONS = re.compile(r":\s.*:(\s|$)")
_AT_START = "%@`|>*&!"


@dataclass(frozen=True, slots=True)
class Amiss:
    """Something YAML can't read, or would read as what nobody meant: where, and why."""

    line: int
    column: int
    reason: str


def explain(error: Exception, text: str) -> Amiss:
    """Place (from 0) and reason of a syntax error."""
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    if isinstance(error, UnicodeDecodeError):
        return Amiss(0, 0, _("文件不是 UTF-8 编码，请在编辑器里另存为 UTF-8"))
    if mark is None:
        return Amiss(0, 0, problem)
    lines = text.splitlines()
    begun = getattr(error, "context_mark", None)
    if problem.startswith("could not find expected ':'"):
        where = begun or mark
        return Amiss(where.line, where.column, _without_colon(_line(lines, where)))
    if problem.startswith("found unexpected end of stream") and begun is not None:
        mark = begun
    if problem.startswith("mapping values are not allowed"):
        return Amiss(mark.line, mark.column, _colon_astray(_line(lines, mark)))
    known = next((_(words) for start, words in _REASONS.items() if problem.startswith(start)), "")
    return Amiss(mark.line, mark.column, known or _plain(problem))


def _line(lines: Sequence[str], mark: yaml.Mark) -> str:
    return lines[mark.line] if mark.line < len(lines) else ""


def _without_colon(line: str) -> str:
    if _FULL_COLON.match(line):
        return _("键后面用了中文冒号“：”，请改成英文冒号加一个空格")
    if _NO_SPACE.match(line):
        return _("英文冒号后面要有一个空格")
    return _("这一行没有写成“键: 值”的样子，多半是漏了英文冒号")


def _colon_astray(line: str) -> str:
    return _COLON_IN_TEXT if _TWO_COLONS.search(line) else _INDENT


def _plain(problem: str) -> str:
    """Our own reasons are words already; what is left of the parser's is quoted."""
    ours = problem == _("不允许锚点、别名和标签") or re.search("[\u4e00-\u9fff]", problem)
    return problem if ours else _("读不懂（{problem}）").format(problem=problem)


_COMMENT_IN_TEXT = re.compile(r"\s#(?=[^\s#])")
_QUOTES = re.compile(r"[“”].*[“”]")


def misread(node: yaml.ScalarNode, lines: Sequence[str]) -> Iterator[str]:
    """What a text without quotes was hardly meant to be."""
    text = str(node.value)
    if text[:1] in "“”" and _QUOTES.fullmatch(text):
        yield _("中文引号会成为内容的一部分；要引号请用英文的")
    end = node.end_mark
    rest = lines[end.line][end.column :] if end.line < len(lines) else ""
    if _COMMENT_IN_TEXT.match(rest) or _COMMENT_IN_TEXT.match(f" {rest}"):
        yield _("“{rest}”前面的 # 让后面的字都成了注释；要写进内容请整段加英文引号").format(
            rest=rest.strip()[:12]
        )

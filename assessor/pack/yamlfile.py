"""YAML read strictly: text → plain data, with line and column of every place.

Refused: a key written twice, a bare yes/no/on/off/~ (YAML 1.1 would make it a truth value or
nothing), anchors, aliases and tags, great depth or size. Numbers must look like JSON numbers;
decimals stay exact.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from assessor.errors import Problem, system_reason
from assessor.pack.syntax import explain, misread
from assessor.words import _

Place = tuple[str | int, ...]

_MAX_BYTES = 2_000_000
_MAX_DEPTH = 24
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_BARE = re.compile(r"(?i)yes|no|on|off|~|null|true|false")
_DASH = "，是不是少了新一项开头的“- ”？"
_WORDS: Mapping[str, object] = {"true": True, "false": False, "null": None}


@dataclass
class Document:
    """What a file held, where each part began, and what was wrong with it."""

    name: str
    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    columns: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    source: Sequence[str] = ()

    def where(self, place: Place = ()) -> str:
        """`file:line:column` of a place, or of the nearest place around it that is known."""
        while place and place not in self.lines:
            place = place[:-1]
        return f"{self.name}:{self.lines.get(place, 1)}:{self.columns.get(place, 1)}"

    def mark(self, place: Place, mark: yaml.Mark) -> None:
        """Note where a place begins."""
        self.lines[place], self.columns[place] = mark.line + 1, mark.column + 1

    def add(self, code: str, place: Place = (), **values: object) -> None:
        """Note a problem at a place."""
        self.problems.append(Problem(code, self.where(place), values))


def read_yaml(path: Path, name: str) -> Document:
    """Read one file; never raises for what is in it. `name` is the path printed in messages."""
    document = Document(name)
    try:
        raw = path.read_bytes()
    except OSError as error:
        document.add("file-unreadable", reason=system_reason(error))
        return document
    if len(raw) > _MAX_BYTES:
        document.add("yaml-too-big", what=_("{count} 字节").format(count=len(raw)))
        return document
    return parse_yaml(raw, name)


def parse_yaml(raw: bytes, name: str) -> Document:
    """The same for bytes at hand."""
    document = Document(name)
    try:
        node = _compose(raw)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        amiss = explain(error, raw.decode("utf-8-sig", "replace"))
        document.lines["?",], document.columns["?",] = amiss.line + 1, amiss.column + 1
        document.add("yaml-syntax", ("?",), reason=amiss.reason)
        return document
    document.source = raw.decode("utf-8-sig").splitlines()
    if node is not None:
        document.data = _value(node, (), document)
    return document


def _compose(raw: bytes) -> yaml.Node | None:
    text = raw.decode("utf-8-sig")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for token in yaml.scan(text, Loader=loader):
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
            raise yaml.scanner.ScannerError(None, None, _("不允许锚点、别名和标签"), token.start_mark)
    node: yaml.Node | None = yaml.compose(text, Loader=loader)
    return node


def _value(node: yaml.Node, place: Place, document: Document) -> Any:
    if place not in document.lines:
        document.mark(place, node.start_mark)
    if len(place) > _MAX_DEPTH:
        document.add("yaml-too-big", place, what=_("嵌套超过 {max_depth} 层").format(max_depth=_MAX_DEPTH))
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, document)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*place, index), document) for index, item in enumerate(node.value)]
    return _scalar(node, place, document) if isinstance(node, yaml.ScalarNode) else None


def _mapping(node: yaml.MappingNode, place: Place, document: Document) -> dict[str, Any]:
    result: dict[str, Any] = {}
    twice: set[str] = set()
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            document.mark((*place, "?"), key_node.start_mark)
            document.add("yaml-forbidden", (*place, "?"), what=_("列表或键值对作键"))
            continue
        key = str(key_node.value)
        inner = (*place, key)
        if not key_node.style and _BARE.fullmatch(key):
            document.mark(inner, key_node.start_mark)
            document.add("yaml-bare-word", inner, text=key)
        if key in result:
            if "id" not in twice:  # what follows is a whole entry whose dash is missing
                document.mark(inner, key_node.start_mark)
                document.add("yaml-duplicate-key", inner, key=key, hint=_DASH if key == "id" else "")
            twice.add(key)
            continue
        document.mark(inner, key_node.start_mark)
        result[key] = _value(value_node, inner, document)
    return result


def _scalar(node: yaml.ScalarNode, place: Place, document: Document) -> object:
    text = str(node.value)
    if node.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    for reason in misread(node, document.source):
        document.add("yaml-misread", place, text=text, reason=reason)
    if not text:
        document.add("yaml-forbidden", place, what=_("空值，冒号后面要有内容"))
        return None
    if _BARE.fullmatch(text):
        document.add("yaml-bare-word", place, text=text)
        return text
    if _NUMBER.fullmatch(text):
        return Decimal(text) if "." in text else int(text)
    return text

"""Plain data → YAML as `yamlfile` reads it: one entry a line, short things on one line, order kept."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

_WIDTH = 100
_DEEPEST_ON_ONE_LINE = 3
_PLAIN = re.compile(r"[^\W\d_][^\n\r\t]*")
"""A text that may stand without quotes begins with a letter or a Chinese character."""
_WORDS = re.compile(r"(?i)yes|no|on|off|null|true|false|y|n")
_NEVER = re.compile(r": |:$| #|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]|\s$")
_NOT_IN_FLOW = re.compile(r"[\[\]{},]|:")


def yaml_text(data: Mapping[str, Any]) -> str:
    """A whole file."""
    return "\n".join(_block(data, 0)) + "\n"


def flow(value: Any) -> str:
    """A value on one line."""
    match value:
        case Mapping():
            return "{" + ", ".join(f"{_scalar(key, True)}: {flow(item)}" for key, item in value.items()) + "}"
        case str():
            return _scalar(value, True)
        case Sequence():
            return "[" + ", ".join(flow(item) for item in value) + "]"
    return _scalar(value, True)


def _block(value: Mapping[str, Any], depth: int) -> Iterator[str]:
    pad = "  " * depth
    for key, item in value.items():
        name = _scalar(key, True)
        if not _is_long(item, depth, len(name)):
            yield f"{pad}{name}: {flow(item) if isinstance(item, Mapping | list) else _scalar(item, False)}"
        elif isinstance(item, Mapping):
            yield f"{pad}{name}:"
            yield from _block(item, depth + 1)
        else:
            yield f"{pad}{name}:"
            yield from _list(item, depth + 1)


def _list(items: Sequence[Any], depth: int) -> Iterator[str]:
    pad = "  " * depth
    apart = any(isinstance(item, Mapping) and len(item) > 3 and _is_long(item, depth, 0) for item in items)
    for index, item in enumerate(items):
        if apart and index:
            yield ""
        if isinstance(item, Mapping) and _is_long(item, depth, 2):
            first, *rest = _block(item, depth + 1)
            yield f"{pad}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{pad}- {flow(item) if isinstance(item, Mapping | list) else _scalar(item, False)}"


def _is_long(value: Any, depth: int, before: int) -> bool:
    """Whether a value wants lines of its own: never a list of words, always what holds records at the top."""
    if not isinstance(value, Mapping | list) or not value:
        return False
    if isinstance(value, list) and not any(isinstance(item, Mapping) for item in value):
        return False
    if depth == 0 and (isinstance(value, list) or any(isinstance(item, Mapping) for item in value.values())):
        return True
    return _depth(value) > _DEEPEST_ON_ONE_LINE or 2 * depth + before + _columns(flow(value)) > _WIDTH


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(_depth, inner), default=0)


def _columns(text: str) -> int:
    """How wide a text is; a Chinese character takes two columns."""
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text)


def _scalar(value: Any, in_flow: bool) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case int():
            return str(value)
    return _text(str(value), in_flow)


def _text(text: str, in_flow: bool) -> str:
    plain = (
        _PLAIN.fullmatch(text) is not None
        and not _WORDS.fullmatch(text)
        and not _NEVER.search(text)
        and not (in_flow and _NOT_IN_FLOW.search(text))
    )
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    """In double quotes; what YAML takes for a line break, or can't hold, is escaped."""
    return _NEVER_RAW.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


_NEVER_RAW = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")

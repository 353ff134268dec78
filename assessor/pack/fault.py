"""What a validator says about a record → problems with the place in the file and words a person knows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from assessor.errors import Problem
from assessor.pack.record import Record
from assessor.pack.yamlfile import Document, Place
from assessor.words import _

_REASONS: Mapping[str, str] = {
    "string_type": "应为文字，数字请加引号",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "decimal_type": "应为数字",
    "decimal_parsing": "应为数字，不带单位和百分号",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "dict_type": "应为键值对",
    "model_type": "应为键值对",
    "model_attributes_type": "应为键值对",
    "tuple_type": "应为列表，写在方括号里",
    "too_short": "项数太少",
    "string_too_short": "不能为空",
    "greater_than_equal": "低于下限",
    "less_than_equal": "超过上限",
    "string_pattern_mismatch": "写法不合要求",
    "union_tag_not_found": "缺少 kind（种类）",
    "greater_than": "应大于 0",
    "less_than": "超过上限",
    "missing": "没有写",
    "extra_forbidden": "不认识这个字段",
    "json_invalid": "不是 JSON",
}
_PATTERNS: Mapping[str, str] = {
    r"^[a-z][a-z0-9-]*$": "只能用小写英文字母、数字和连字符，以字母开头",
    r"^[a-z][a-z0-9-]*\.[A-Z]+[0-9]+[a-z]?$": "应写成“诊断包编号.R01”的样子，如 tires.R01",
}


def problems_of(document: Document, data: Any, place: Place, details: Sequence[Any]) -> Iterator[Problem]:
    """The problems of a record that stands at a place of a file."""
    for detail in details:
        yield _problem(document, data, place, detail)


def _problem(document: Document, data: Any, place: Place, detail: Any) -> Problem:
    full = (*place, *_place_in_data(data, detail["loc"]))
    field, kind = _field(detail["loc"], place), detail["type"]
    if kind.startswith("union_tag"):
        field = str(detail["ctx"]["discriminator"]).strip("'")
        full = (*full, field) if (*full, field) in document.lines else full
    where = document.where(_written(document, full))
    if kind == "missing":
        return Problem("pack-field-missing", where, {"field": field})
    if kind == "extra_forbidden":
        return Problem("pack-field-unknown", where, {"field": field, "hint": hint(field, field_names())})
    return Problem("pack-field-value", where, {"field": field, "reason": reason_text(kind, detail)})


def _written(document: Document, place: Place) -> Place:
    """The place itself, or that of the `cite` of a section or file that stands in for it."""
    if "cite" in place and place not in document.lines:
        start = place.index("cite")
        for end in range(start - 1, -1, -1):
            if (*place[:end], *place[start:]) in document.lines:
                return (*place[:end], *place[start:])
    return place


def _field(loc: Sequence[Any], place: Place) -> str:
    """The name of the field; of an entry of a list its number too."""
    steps = [step for step in (*place, *loc) if step != "[key]"]
    names = [step for step in steps if isinstance(step, str)]
    if not loc and not names:
        return "kind"
    name = names[-1] if names else _("文件")
    return (
        _("{name} 的第 {value} 项").format(name=name, value=steps[-1] + 1)
        if steps and isinstance(steps[-1], int)
        else name
    )


def reason_text(kind: str, detail: Any) -> str:
    """What is wrong with a value, in words, from a validator's kind and detail of the error."""
    context = detail.get("ctx") or {}
    if kind in {"literal_error", "enum"}:
        return _("应为 {words} 之一").format(words=_words(context.get("expected")))
    if kind == "union_tag_invalid":
        return _("没有“{value}”这一种，可用：{words}").format(
            value=context.get("tag"), words=_words(context.get("expected_tags"))
        )
    if kind == "value_error":
        return str(context.get("error", detail["msg"]))
    if kind == "string_pattern_mismatch":
        return _(_PATTERNS.get(str(context.get("pattern")), _REASONS[kind]))
    return _(_REASONS[kind]) if kind in _REASONS else str(detail["msg"])


def _words(listed: object) -> str:
    return _("、").join(re.findall(r"'([^']*)'", str(listed))) or str(listed)


def _place_in_data(data: Any, loc: Sequence[Any]) -> Place:
    """The steps of a validator's location that exist in the data; union tags and the like drop out."""
    place: list[str | int] = []
    for step in loc:
        if isinstance(data, dict) and step in data:
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            continue
        place.append(step)
    return tuple(place)


# -- what may have been meant ------------------------------------------------------------------------


def hint(name: str, known: Sequence[str]) -> str:
    """The name that was probably meant, in brackets; empty when none is near."""
    if re.search("[，、；]", name):
        return _("（列表里的各项要用英文逗号隔开）")
    near = get_close_matches(name, known, n=1, cutoff=0.7)
    return _("（是不是 {near}？）").format(near=near[0]) if near and near[0] != name else ""


@lru_cache(maxsize=1)
def field_names() -> tuple[str, ...]:
    """The keys of all records."""
    found: list[type[Record]] = [Record]
    for record in found:
        found += record.__subclasses__()
    names = {info.alias or name for record in found for name, info in record.model_fields.items()}
    return tuple(sorted(names))

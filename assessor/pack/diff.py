"""What has become of each question in a newer version of a pack?

A question keeps its answers while it means the same. Its meaning is what an answer is made of: kind,
options, number of levels, bounds, unit, formula; a table may gain a column that need not be filled.
Its wording is every text about it, and the rules of when it is asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion, MultiQuestion, Question, SingleQuestion

Fate = Literal["same", "wording", "meaning", "gone", "new"]
"""`meaning`: the old answer no longer answers it, so it is asked again."""

_ALWAYS = ("kind",)
_MEANING: Mapping[str, Sequence[str]] = {
    "level": (),
    "single": (),
    "multi": (),
    "bool": (),
    "number": ("unit", "bounds"),
    "ratio": ("numerator", "denominator", "unit", "bounds", "bands", "empty_is_zero"),
    "trend": ("quantity", "unit", "decimals", "better", "bounds"),
    "table": ("columns",),
    "text": ("format",),
}
_SILENT = ("id", "cite", "decimals", "max_length", "core")


@dataclass(frozen=True, slots=True)
class Difference:
    """One question or fact: its id before (None if new) and after (None if gone), and what changed."""

    old: str | None
    new: str | None
    fate: Fate
    changed: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What it is called now, or was called."""
        return self.new or self.old or ""


@dataclass(frozen=True, slots=True)
class PackDifference:
    """Two versions side by side. `models` names those that judge differently, came or went."""

    items: tuple[Difference, ...]
    models: Mapping[str, Literal["new", "gone", "changed"]]

    def of(self, fate: Fate) -> tuple[Difference, ...]:
        """All of one fate."""
        return tuple(item for item in self.items if item.fate == fate)


def compare(old: Pack, new: Pack) -> PackDifference:
    """Every question and fact of either version: those of the old in their order, then what is new."""
    found = [_difference(item, old, new) for item in old.items]
    known = {each.new for each in found}
    found += [Difference(None, item, "new") for item in new.items if item not in known]
    return PackDifference(tuple(found), _models(old, new))


def _difference(item: str, old: Pack, new: Pack) -> Difference:
    target = item if item in new.items else new.manifest.renamed.get(item)
    if target is None or target not in new.items:
        return Difference(item, None, "gone")
    before, after = old.items[item], new.items[target]
    meaning = tuple(_changed(meaning_of(before), _as_answered(before, after)))
    wording = tuple(_changed(wording_of(before), wording_of(after)))
    fate: Fate = "meaning" if meaning else "wording" if wording else "same"
    return Difference(item, target, fate, tuple(dict.fromkeys((*meaning, *wording))))


def _as_answered(before: Question, after: Question) -> Mapping[str, Any]:
    """What the new question means to an old answer: a new column that may stay empty means nothing to it."""
    meant = dict(meaning_of(after))
    if before.kind == after.kind == "table":
        known = {column.id for column in before.columns}
        meant["columns"] = [one for one in meant["columns"] if one["id"] in known or one["required"]]
    return meant


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    return (key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key))


def meaning_of(question: Question) -> Mapping[str, Any]:
    """What an answer to it is made of."""
    data = _plain(question)
    found = {key: data[key] for key in (*_ALWAYS, *_MEANING[question.kind]) if key in data}
    if isinstance(question, SingleQuestion | MultiQuestion):
        found["options"] = sorted((option.id, option.none) for option in question.options)
    if isinstance(question, LevelQuestion):
        found["levels"] = len(question.levels)
    if question.kind == "ratio":
        found["bands"] = [(band["id"], band["up_to"]) for band in data["bands"]]
    if question.kind == "table":
        drop = ("title",)
        found["columns"] = [
            {key: value for key, value in column.items() if key not in drop} for column in data["columns"]
        ]
    return found


def wording_of(question: Question) -> Mapping[str, Any]:
    """Every text about it, and the rules of when it is asked."""
    data = _plain(question)
    meant = (*_ALWAYS, *_SILENT, *_MEANING[question.kind])
    found = {key: value for key, value in data.items() if key not in meant}
    if question.kind == "ratio":
        found["bands"] = [band["text"] for band in data["bands"]]
    if question.kind == "table":
        found["columns"] = [column["title"] for column in data["columns"]]
    return {key: _without_sources(value) for key, value in found.items()}


def _plain(question: Question) -> dict[str, Any]:
    data: dict[str, Any] = question.model_dump(mode="json", by_alias=True)
    if "bounds" in data:
        data["bounds"] = {key: value for key, value in data["bounds"].items() if key == "hard"}
    return data


def _without_sources(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_sources(inner) for key, inner in value.items() if key != "cite"}
    return [_without_sources(inner) for inner in value] if isinstance(value, list) else value


def _models(old: Pack, new: Pack) -> Mapping[str, Literal["new", "gone", "changed"]]:
    before, after = _by_id(old), _by_id(new)
    found: dict[str, Literal["new", "gone", "changed"]] = {}
    for model in dict.fromkeys((*before, *after)):
        if model not in after:
            found[model] = "gone"
        elif model not in before:
            found[model] = "new"
        elif before[model] != after[model]:
            found[model] = "changed"
    return found


def _by_id(pack: Pack) -> Mapping[str, Any]:
    return {
        **{model.id: model for model in pack.models},
        **{index.id: index for index in pack.indexes},
        **{held.id: held for held in pack.reported},
        **{standard.id: standard for standard in pack.standards},
    }

"""JSON Schemas of the pack files, for editors that check and complete YAML while one writes."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from assessor.pack.action import Actions
from assessor.pack.exemplar import Exemplars
from assessor.pack.model import Crosswalk, Industries, Manifest, Regions
from assessor.pack.platform import Platforms
from assessor.pack.policy import Policies
from assessor.pack.question import Question, Section
from assessor.pack.record import Cite, Record, Source
from assessor.pack.reference import Benchmarks, Profiles
from assessor.pack.rule import Rules
from assessor.pack.standard import AnyModel


class _Facts(Record):
    """`facts.yaml`."""

    cite: Cite | None = None
    facts: tuple[Question, ...]


class _Questionnaire(Record):
    """`questionnaire.yaml`."""

    cite: Cite | None = None
    sections: tuple[Section, ...]


_HEIRS = (
    "Question",
    "Rule",
    "RedLine",
    "Published",
    "Showcase",
    "Action",
    "Exemplar",
    "Policy",
    "Platform",
)

_FILES: Mapping[str, TypeAdapter[Any]] = {
    "pack": TypeAdapter(Manifest),
    "facts": TypeAdapter(_Facts),
    "questionnaire": TypeAdapter(_Questionnaire),
    "crosswalk": TypeAdapter(Crosswalk),
    "model": TypeAdapter(AnyModel),
    "rules": TypeAdapter(Rules),
    "benchmarks": TypeAdapter(Benchmarks),
    "profiles": TypeAdapter(Profiles),
    "actions": TypeAdapter(Actions),
    "exemplars": TypeAdapter(Exemplars),
    "policies": TypeAdapter(Policies),
    "platforms": TypeAdapter(Platforms),
    "sources": TypeAdapter(dict[str, Source]),
    "regions": TypeAdapter(Regions),
    "industries": TypeAdapter(Industries),
}


def schemas() -> Mapping[str, dict[str, Any]]:
    """Schema by kind of file. What may inherit its `cite` from section or file may leave it out."""
    return {name: _with_inherited_cite(adapter.json_schema()) for name, adapter in _FILES.items()}


def _with_inherited_cite(schema: dict[str, Any]) -> dict[str, Any]:
    for name, definition in schema.get("$defs", {}).items():
        if name.endswith(_HEIRS) and "cite" in definition.get("required", ()):
            definition["required"].remove("cite")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}

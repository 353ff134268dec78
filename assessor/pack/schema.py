"""JSON Schemas of the pack files, for editors that check and complete YAML while one writes."""

from collections.abc import Mapping
from pathlib import PurePosixPath
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

FILES: Mapping[str, TypeAdapter[Any]] = {
    "pack.yaml": TypeAdapter(Manifest),
    "facts.yaml": TypeAdapter(_Facts),
    "questionnaire.yaml": TypeAdapter(_Questionnaire),
    "crosswalk.yaml": TypeAdapter(Crosswalk),
    "models/*.yaml": TypeAdapter(AnyModel),
    "rules.yaml": TypeAdapter(Rules),
    "benchmarks.yaml": TypeAdapter(Benchmarks),
    "profiles.yaml": TypeAdapter(Profiles),
    "actions.yaml": TypeAdapter(Actions),
    "exemplars.yaml": TypeAdapter(Exemplars),
    "policies.yaml": TypeAdapter(Policies),
    "platforms.yaml": TypeAdapter(Platforms),
    "sources.yaml": TypeAdapter(dict[str, Source]),
    "codes/regions.yaml": TypeAdapter(Regions),
    "codes/industries.yaml": TypeAdapter(Industries),
}
"""What stands in each file of a pack: schemas and the authoring workbook follow from it."""


def schemas() -> Mapping[str, dict[str, Any]]:
    """Schema by kind of file. What may inherit its `cite` from section or file may leave it out."""
    return {_name(file): _with_inherited_cite(adapter.json_schema()) for file, adapter in FILES.items()}


def _name(file: str) -> str:
    return "model" if file.startswith("models/") else PurePosixPath(file).stem


def _with_inherited_cite(schema: dict[str, Any]) -> dict[str, Any]:
    for name, definition in schema.get("$defs", {}).items():
        if name.endswith(_HEIRS) and "cite" in definition.get("required", ()):
            definition["required"].remove("cite")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}

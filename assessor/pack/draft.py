"""A pack folder read file by file, with every fault noted and nothing raised."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from assessor.errors import Problem
from assessor.pack.action import Actions
from assessor.pack.exemplar import Exemplars
from assessor.pack.fault import hint, problems_of
from assessor.pack.maturity import IndexModel, PointsModel
from assessor.pack.model import Crosswalk, Industries, Manifest, Regions
from assessor.pack.platform import Platforms
from assessor.pack.policy import Policies
from assessor.pack.question import Question, Section
from assessor.pack.record import Source
from assessor.pack.reference import Benchmarks, Profiles
from assessor.pack.rule import Rules
from assessor.pack.standard import AnyModel, Capability, CapabilityModel, LadderModel
from assessor.pack.yamlfile import Document, Place, read_yaml
from assessor.words import _

T = TypeVar("T")

POLICIES, PLATFORMS = "policies.yaml", "platforms.yaml"
OVERLAY_FILES = ("pack.yaml", "sources.yaml", POLICIES, PLATFORMS)
"""All that a pack which overlays another may hold."""

TODO = "TODO"
"""Marks in a text what still has to be written; never accepted."""

_QUESTION: TypeAdapter[Question] = TypeAdapter(Question)
_MODEL: TypeAdapter[AnyModel] = TypeAdapter(AnyModel)


@dataclass
class Draft:
    """What one folder holds. `places` gives `file:line:column` for each id, once per time it is defined."""

    folder: Path
    manifest: Manifest | None = None
    facts: list[Question] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    models: list[AnyModel] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    crosswalk: Crosswalk | None = None
    rules: Rules | None = None
    benchmarks: Benchmarks | None = None
    actions: Actions | None = None
    exemplars: Exemplars | None = None
    policies: Policies | None = None
    platforms: Platforms | None = None
    profiles: Profiles | None = None
    regions: Regions | None = None
    industries: Industries | None = None
    places: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    unread: bool = False
    """Whether a file could not be read at all, so that ids may be missed which are there."""

    def put(self, key: str, where: str) -> None:
        """Remember where an id is defined."""
        self.places.setdefault(key, []).append(where)


def read_draft(folder: Path) -> Draft:
    """Read all files of a pack folder."""
    draft = Draft(folder)
    draft.manifest = read_manifest(draft)
    _read_facts(draft)
    _read_questionnaire(draft)
    _read_sources(draft)
    draft.crosswalk = _record(draft, "crosswalk.yaml", Crosswalk)
    draft.rules = _with_default_cite(draft, "rules.yaml", Rules, ("rules", "red_lines"))
    draft.benchmarks = _with_default_cite(draft, "benchmarks.yaml", Benchmarks, ("published", "showcases"))
    draft.actions = _with_default_cite(draft, "actions.yaml", Actions, ("actions",))
    draft.exemplars = _with_default_cite(draft, "exemplars.yaml", Exemplars, ("exemplars",))
    draft.policies = _with_default_cite(draft, POLICIES, Policies, ("policies",), apart=True)
    draft.platforms = _with_default_cite(draft, PLATFORMS, Platforms, ("platforms",), apart=True)
    draft.profiles = _record(draft, "profiles.yaml", Profiles)
    draft.regions = _record(draft, "codes/regions.yaml", Regions)
    draft.industries = _record(draft, "codes/industries.yaml", Industries)
    for path in sorted((folder / "models").glob("*.yaml")):
        _read_model(draft, f"models/{path.name}")
    return draft


def read_manifest(draft: Draft) -> Manifest | None:
    """Who the pack in the draft's folder is, read alone."""
    return _record(draft, "pack.yaml", Manifest, required=True)


def _open(draft: Draft, name: str, *, required: bool = False) -> Document | None:
    path = draft.folder / name
    if not path.is_file():
        if required:
            draft.problems.append(Problem("pack-file-missing", str(draft.folder), {"file": name}))
        return None
    document = read_yaml(path, str(path))
    _note_unfilled(document)
    draft.problems += document.problems
    if isinstance(document.data, dict):
        draft.digests[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        return document
    draft.unread = True
    if not document.problems:
        where = document.where()
        draft.problems.append(
            Problem("pack-field-value", where, {"field": _("文件"), "reason": _("应为键值对")})
        )
    return None


def _note_unfilled(document: Document) -> None:
    """Note every text that a scaffold left to be written."""

    def walk(value: Any, place: Place) -> None:
        if isinstance(value, str) and TODO in value:
            document.add("pack-todo", place, text=value.replace(TODO, "").strip(" 。？"))
        for step, inner in value.items() if isinstance(value, dict) else ():
            walk(inner, (*place, step))
        for step, inner in enumerate(value) if isinstance(value, list) else ():
            walk(inner, (*place, step))

    walk(document.data, ())


def _validated(
    draft: Draft, adapter: TypeAdapter[T], document: Document, data: Any, place: Place
) -> T | None:
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        found = list(problems_of(document, data, place, error.errors()))
        unfilled = {problem.where for problem in document.problems if problem.code == "pack-todo"}
        draft.problems += [problem for problem in found if problem.where not in unfilled]
        return None


def _record(draft: Draft, name: str, kind: type[T], *, required: bool = False) -> T | None:
    document = _open(draft, name, required=required)
    if document is None:
        return None
    draft.put(name, document.where())
    for place in document.lines:
        if 1 <= len(place) <= 2:
            draft.put(" ".join((name, *map(str, place))), document.where(place))
    return _validated(draft, TypeAdapter(kind), document, document.data, ())


def _with_default_cite(
    draft: Draft, name: str, kind: type[T], lists: Sequence[str], *, apart: bool = False
) -> T | None:
    """A file whose `cite` goes for every entry of its lists that names none.

    Ids kept `apart` are placed under the file's name: another pack may bring a newer entry of the same id.
    """
    document = _open(draft, name)
    if document is None:
        return None
    data, default = dict(document.data), document.data.get("cite")
    for part in lists:
        for index, entry in enumerate(data.get(part) or ()):
            if isinstance(entry, dict) and "id" in entry:
                key = f"{name} {entry['id']}" if apart else str(entry["id"])
                draft.put(key, document.where((part, index)))
        data[part] = [_inherit(entry, {"cite": default}) for entry in data.get(part) or ()]
    draft.put(name, document.where())
    return _validated(draft, TypeAdapter(kind), document, data, ())


def _inherit(entry: Any, defaults: Mapping[str, Any]) -> Any:
    """The entry with what it leaves out taken from its section or file."""
    if not isinstance(entry, dict):
        return entry
    return {**{key: value for key, value in defaults.items() if value is not None}, **entry}


def _read_facts(draft: Draft) -> None:
    document = _open(draft, "facts.yaml")
    if document is None:
        return
    _only(draft, document, ("cite", "facts"))
    defaults = {"cite": document.data.get("cite")}
    draft.facts += _questions(draft, document, document.data.get("facts"), ("facts",), defaults)


def _read_questionnaire(draft: Draft) -> None:
    brings_questions = draft.manifest is None or not draft.manifest.overlays
    document = _open(draft, "questionnaire.yaml", required=brings_questions)
    if document is None:
        return
    _only(draft, document, ("cite", "sections"))
    sections = document.data.get("sections")
    if not isinstance(sections, list):
        draft.problems.append(Problem("pack-field-missing", document.where(), {"field": "sections"}))
        return
    for index, raw in enumerate(sections):
        _read_section(draft, document, raw, ("sections", index))


def _only(draft: Draft, document: Document, known: Sequence[str]) -> None:
    """Note every key at the top of a file that is not known."""
    for key in document.data:
        if key not in known:
            values = {"field": key, "hint": hint(key, known)}
            draft.problems.append(Problem("pack-field-unknown", document.where((key,)), values))


def _read_section(draft: Draft, document: Document, raw: Any, place: Place) -> None:
    if not isinstance(raw, dict):
        values = {"field": "sections", "reason": _("应为键值对")}
        draft.problems.append(Problem("pack-field-value", document.where(place), values))
        return
    defaults = {"cite": raw.get("cite") or document.data.get("cite"), "onsite_only": raw.get("onsite_only")}
    questions = _questions(draft, document, raw.get("questions"), (*place, "questions"), defaults)
    shell = _validated(draft, TypeAdapter(Section), document, {**raw, "questions": ()}, place)
    if shell is not None:
        draft.put(f"section {shell.id}", document.where(place))
        draft.sections.append(shell.model_copy(update={"questions": tuple(questions)}))


def _questions(
    draft: Draft, document: Document, raw: Any, place: Place, defaults: Mapping[str, Any]
) -> Sequence[Question]:
    if not isinstance(raw, list):
        draft.problems.append(
            Problem("pack-field-missing", document.where(place[:-1]), {"field": str(place[-1])})
        )
        return ()
    found: list[Question] = []
    for index, item in enumerate(raw):
        inner = (*place, index)
        if isinstance(item, dict) and "id" in item:
            draft.put(str(item["id"]), document.where(inner))
        question: Question | None = _validated(draft, _QUESTION, document, _inherit(item, defaults), inner)
        if question is not None:
            found.append(question)
    return found


def _read_sources(draft: Draft) -> None:
    document = _open(draft, "sources.yaml")
    if document is None:
        return
    adapter = TypeAdapter(Source)
    for key, raw in document.data.items():
        draft.put(f"source {key}", document.where((key,)))
        source = _validated(draft, adapter, document, raw, (key,))
        if source is not None:
            draft.sources[key] = source


def _read_model(draft: Draft, name: str) -> None:
    document = _open(draft, name)
    if document is None:
        return
    model: AnyModel | None = _validated(draft, _MODEL, document, document.data, ())
    if model is None:
        return
    draft.models.append(model)
    draft.put(f"model {model.id}", document.where())
    for key, place in _model_places(model):
        draft.put(f"{model.id} {key}", document.where(place))


def _model_places(model: AnyModel) -> Iterator[tuple[str, Place]]:
    if isinstance(model, PointsModel):
        yield from _points_places(model)
    elif isinstance(model, IndexModel):
        for d, dimension in enumerate(model.dimensions):
            yield dimension.id, ("dimensions", d)
            for p, part in enumerate(dimension.parts):
                yield f"{dimension.id} {part.id}", ("dimensions", d, "parts", p)
        for g, gate in enumerate(model.gates.rows):
            yield f"gate {gate.level}", ("gates", "rows", g)
    elif isinstance(model, CapabilityModel):
        yield from _capability_places(model.domains, ("domains",))
    elif isinstance(model, LadderModel):
        yield from _ladder_places(model)


def _ladder_places(model: LadderModel) -> Iterator[tuple[str, Place]]:
    for r, rung in enumerate(model.rungs):
        yield f"rung {rung.level}", ("rungs", r)
        for g, gate in enumerate(rung.gates):
            yield gate.id, ("rungs", r, "gates", g)
    for g, gate in enumerate(model.common):
        yield gate.id, ("common", g)


def _capability_places(nodes: Sequence[Capability], above: Place) -> Iterator[tuple[str, Place]]:
    for n, node in enumerate(nodes):
        yield node.id, (*above, n)
        yield from _capability_places(node.parts, (*above, n, "parts"))


def _points_places(model: PointsModel) -> Iterator[tuple[str, Place]]:
    for d, dimension in enumerate(model.dimensions):
        yield dimension.id, ("dimensions", d)
        for p, part in enumerate(dimension.parts):
            yield f"{dimension.id} {part.id}", ("dimensions", d, "parts", p)
            for i, indicator in enumerate(part.indicators):
                yield indicator.question, ("dimensions", d, "parts", p, "indicators", i)
    for s, scene in enumerate(model.scenes):
        yield scene.id, ("scenes", s)
    for g, gate in enumerate(model.gates.rows):
        yield f"gate {gate.level}", ("gates", "rows", g)

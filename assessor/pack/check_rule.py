"""What is wrong with rules, red lines, table feeds and references? Names that lead nowhere, mostly."""

import re
from collections.abc import Iterator, Mapping, Sequence

from assessor.errors import Problem
from assessor.pack.check import KIND_NAMES, Check, Checked
from assessor.pack.expression import parse_expression
from assessor.pack.maturity import IndexModel, MeanOf, PointsOf
from assessor.pack.question import (
    BoolQuestion,
    Column,
    LevelQuestion,
    NumberQuestion,
    RatioQuestion,
    SingleQuestion,
    TableQuestion,
    option_ids,
)
from assessor.pack.record import Cite
from assessor.pack.rule import Count, Feed, TableFeeds
from assessor.words import _

_OPTIONS = re.compile(r"(?:has|within)\(\s*([\w.]+)\s*,([^()]*)\)|([\w.]+)\s*[!=]=\s*('[^']*')")
_LEVEL = re.compile(r"\blevel\(\s*([\w.]+)\s*\)")
_QUOTED = re.compile(r"'([^']*)'")


def expressions(checked: Checked) -> Iterator[Problem]:
    """Expressions look at facts and questions that exist, and name options that exist."""
    rules = checked.pack.rules
    for key, text in [*((r.id, r.when) for r in rules.rules), *((r.id, r.when) for r in rules.red_lines)]:
        for name in parse_expression(text).ids:
            if name not in checked.pack.items:
                yield checked.problem("pack-unknown-id", key, id=name)
        for found in _OPTIONS.finditer(text):
            yield from _options(checked, key, found[1] or found[3], found[2] or found[4])
        yield from levels_of_levels(checked, key, text)


def levels_of_levels(checked: Checked, key: str, text: str) -> Iterator[Problem]:
    """`level(…)` is asked of scenes and level questions alone."""
    for name in dict.fromkeys(_LEVEL.findall(text)):
        question = checked.pack.items.get(name)
        if question is not None and not isinstance(question, LevelQuestion):
            values = {"id": name, "kind": _(KIND_NAMES.get(question.kind, question.kind))}
            yield checked.problem(
                "pack-comparison", key, test="level(…)", known=_("直接写 {name}").format(name=name), **values
            )


def _options(checked: Checked, key: str, name: str, quoted: str) -> Iterator[Problem]:
    question = checked.pack.items.get(name)
    known = ("yes", "no") if isinstance(question, BoolQuestion) else option_ids(question) if question else ()
    for option in _QUOTED.findall(quoted):
        if known and option not in known:
            yield checked.problem(
                "pack-unknown-option", key, id=name, option=option, known=_("、").join(known)
            )


def rule_targets(checked: Checked) -> Iterator[Problem]:
    """Rules concern things that exist, cap scenes, and point to red lines that exist."""
    lines = {line.id for line in checked.pack.rules.red_lines}
    for rule in checked.pack.rules.rules:
        for name in rule.concerns:
            if name not in checked.pack.items:
                yield checked.problem("pack-unknown-id", rule.id, id=name)
        for scene in rule.cap:
            if not isinstance(checked.pack.questions.get(scene), LevelQuestion):
                yield checked.problem("pack-unknown-id", rule.id, id=scene)
        if rule.red_line and rule.red_line not in lines:
            yield checked.problem("pack-unknown-id", rule.id, id=rule.red_line)


def feeds(checked: Checked) -> Iterator[Problem]:
    """Feeds read columns that exist and give questions that exist, each once."""
    given: set[str] = set()
    for source in checked.pack.rules.feeds:
        table = checked.pack.questions.get(source.table)
        if not isinstance(table, TableQuestion):
            yield checked.problem("pack-unknown-id", "rules.yaml", id=source.table)
            continue
        columns = {column.id: column for column in table.columns}
        for feed in source.gives:
            if feed.question in given:
                yield checked.problem("pack-duplicate-id", "rules.yaml", id=feed.question, other="feeds")
            given.add(feed.question)
            yield from _feed(checked, source, feed, columns)


def _feed(
    checked: Checked, source: TableFeeds, feed: Feed, columns: Mapping[str, Column]
) -> Iterator[Problem]:
    question = checked.pack.questions.get(feed.question)
    if question is None or not _fits(feed, question):
        yield checked.problem("pack-unknown-id", "rules.yaml", id=feed.question)
        return
    counts = (*(feed.share or ()), *((feed.number,) if feed.number else ()))
    used = {name for count in counts for name in _columns(count)}
    used |= {*feed.where, *((feed.ticks,) if feed.ticks else ())}
    for name in sorted(used - columns.keys()):
        yield checked.problem("pack-unknown-id", "rules.yaml", id=f"{source.table}.{name}")
    for name, word in _cells(feed, counts):
        lawful = _words(columns[name]) if name in columns else ()
        if lawful and word not in lawful:
            there = _("、").join(map(str, lawful))
            values = {"id": f"{source.table}.{name}", "option": word, "known": there}
            yield checked.problem("pack-unknown-option", "rules.yaml", **values)
    known = option_ids(question)
    for option in (*feed.map.values(), *feed.at_least, *((feed.none,) if feed.none else ())):
        if option not in known:
            values = {"id": feed.question, "option": option, "known": _("、").join(known)}
            yield checked.problem("pack-unknown-option", "rules.yaml", **values)


def _fits(feed: Feed, question: object) -> bool:
    if feed.share is not None:
        return isinstance(question, RatioQuestion | NumberQuestion)
    if feed.number is not None:
        return isinstance(question, SingleQuestion if feed.at_least else NumberQuestion)
    return feed.ticks is not None


def _columns(count: Count) -> Sequence[str]:
    return [name for name in (count.sum, count.distinct, *count.where) if name]


def _cells(feed: Feed, counts: Sequence[Count]) -> Iterator[tuple[str, str | bool]]:
    """Column and word of every cell that a feed looks for."""
    for where in (feed.where, *(count.where for count in counts)):
        yield from ((name, word) for name, words in where.items() for word in words)
    yield from ((feed.ticks or "", word) for word in feed.map)


def _words(column: Column) -> tuple[str | bool, ...]:
    """What may stand in the cells of a column; empty where anything may."""
    return (True, False) if column.kind == "bool" else column.options


def references(checked: Checked) -> Iterator[Problem]:
    """Benchmarks speak of questions, dimensions or models that exist; their conditions too."""
    marks, measurable = checked.pack.benchmarks, _measurable(checked)
    named = [(box.id, name) for box in marks.showcases for name in box.of if name not in measurable]
    for published in marks.published:
        if published.of not in measurable:
            named.append((published.id, published.of))
        looked_at = published.if_.ids() if published.if_ else ()
        named += [(published.id, name) for name in looked_at if name not in checked.pack.items]
    named += [("benchmarks.yaml", one.of) for one in marks.distributions if one.of not in measurable]
    for key, name in named:
        yield checked.problem("pack-unknown-id", key, id=name)


def profile_references(checked: Checked) -> Iterator[Problem]:
    """Profiles speak of questions that exist, with reasons that are explained."""
    profiles = checked.pack.profiles
    if profiles is None:
        return
    for scenes in profiles.scenes.values():
        for name, scene in scenes.items():
            yield from _profile(checked, name, scene.reasons, "")
    for quantities in profiles.quantities.values():
        for name, quantity in quantities.items():
            yield from _profile(checked, name, quantity.reasons, quantity.absent)


def _measurable(checked: Checked) -> set[str]:
    dimensions = {f"{m.id}/{d.id}" for m in checked.pack.models for d in m.dimensions}
    totals = {model.id for model in checked.pack.models} | {index.id for index in checked.pack.indexes}
    return {*checked.pack.items, *dimensions, *totals}


def _profile(checked: Checked, name: str, reasons: Sequence[str], absent: str) -> Iterator[Problem]:
    profiles = checked.pack.profiles
    if name not in checked.pack.questions:
        yield checked.problem("pack-unknown-id", "profiles.yaml", id=name)
    for reason in reasons:
        if profiles and reason not in profiles.reasons:
            yield checked.problem("pack-unknown-id", "profiles.yaml", id=reason)
    if absent and profiles and absent not in profiles.absences:
        yield checked.problem("pack-unknown-id", "profiles.yaml", id=absent)


def sources(checked: Checked) -> Iterator[Problem]:
    """Everything here names entries of `sources.yaml`."""
    for key, cite in _cites(checked):
        for name in cite.source:
            if name not in checked.pack.sources:
                yield checked.problem("pack-source-unknown", key, source=name)


def _cites(checked: Checked) -> Iterator[tuple[str, Cite]]:
    pack = checked.pack
    yield from ((rule.id, rule.cite) for rule in pack.rules.rules)
    yield from ((line.id, line.cite) for line in pack.rules.red_lines)
    yield from ((one.id, one.cite) for one in pack.benchmarks.published)
    yield from ((box.id, box.cite) for box in pack.benchmarks.showcases)
    yield from (("benchmarks.yaml", one.cite) for one in pack.benchmarks.distributions)
    if pack.profiles:
        yield "profiles.yaml", pack.profiles.cite
    for index in pack.indexes:
        yield f"model {index.id}", index.cite
        yield f"model {index.id}", index.gates.cite
    for reported in pack.reported:
        yield f"model {reported.id}", reported.cite


def indexes(checked: Checked) -> Iterator[Problem]:
    """An index: weights add up, parts are made of what exists, gates stand on its parts."""
    for model in checked.pack.indexes:
        yield from _index_weights(checked, model)
        yield from _index_members(checked, model)
        parts = {part.id for _, part in model.parts()}
        for number, gate in enumerate(model.gates.rows, 1):
            if gate.level != number:
                key = f"{model.id} gate {gate.level}"
                yield checked.problem(
                    "pack-gates", key, reason=_("第 {number} 行应为 {number} 级").format(number=number)
                )
            for name in sorted({name for need in gate.needs for name in need.parts} - parts):
                yield checked.problem("pack-unknown-id", f"{model.id} gate {gate.level}", id=name)
        yield from _index_readings(checked, model, parts)


def _index_weights(checked: Checked, model: IndexModel) -> Iterator[Problem]:
    if model.unknown_weights():
        return
    for dimension in model.dimensions:
        total = sum(part.weight or 0 for part in dimension.parts)
        if dimension.weight is not None and total != dimension.weight:
            key = f"{model.id} {dimension.id}"
            values = {
                "what": dimension.title,
                "sum": _("{total}（本维度 {weight}）").format(total=total, weight=dimension.weight),
            }
            yield checked.problem("pack-weights", key, **values)
    whole = sum(part.weight or 0 for _, part in model.parts())
    if whole != model.total:
        yield checked.problem("pack-weights", f"model {model.id}", what=model.title, sum=whole)


def _index_members(checked: Checked, model: IndexModel) -> Iterator[Problem]:
    scored = {m.id: {leaf.question for *_above, leaf in m.indicators()} for m in checked.pack.models}
    for dimension, part in model.parts():
        key = f"{model.id} {dimension.id} {part.id}"
        match part.value:
            case PointsOf(points_of=names, model=other):
                if other not in scored:
                    yield checked.problem("pack-unknown-id", key, id=other)
                for name in names:
                    if name not in scored.get(other, set()):
                        yield checked.problem("pack-unknown-id", key, id=name)
            case MeanOf(mean_of=names):
                for name in names:
                    if not isinstance(checked.pack.questions.get(name), LevelQuestion | RatioQuestion):
                        yield checked.problem("pack-unknown-id", key, id=name)


def _index_readings(checked: Checked, model: IndexModel, parts: set[str]) -> Iterator[Problem]:
    """Bars stand on parts of the index and on questions whose points it uses; it uses those of one model."""
    used = sorted({part.value.model for _, part in model.parts() if isinstance(part.value, PointsOf)})
    if len(used) > 1:
        values = {
            "field": "model",
            "reason": _("一个指数只能用一个模型的分值，这里用了 {used}").format(used=_("、").join(used)),
        }
        yield checked.problem("pack-field-value", f"model {model.id}", **values)
    scored = {leaf.question for m in checked.pack.models if m.id in used for *_above, leaf in m.indicators()}
    bars = [bar for reading in model.readings for bar in reading.bars]
    for names, known in (
        ({n for b in bars for n in b.parts}, parts),
        ({n for b in bars for n in b.questions}, scored),
    ):
        for name in sorted(names - known):
            yield checked.problem("pack-unknown-id", f"model {model.id}", id=name)


def reported(checked: Checked) -> Iterator[Problem]:
    """A result shown as it stands is held by questions that exist."""
    for model in checked.pack.reported:
        for name in (model.score, model.stage, model.year, model.issuer):
            if name not in checked.pack.questions:
                yield checked.problem("pack-unknown-id", f"model {model.id}", id=name)


RULE_CHECKS: tuple[Check, ...] = (
    expressions,
    rule_targets,
    feeds,
    references,
    profile_references,
    sources,
    indexes,
    reported,
)

"""What do the lists say? Figures counted from tables, for questions without an answer of their own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import cast

from assessor.answers.model import SIDES, Answer, Answers, AnswerState, Ratio, Row, Value
from assessor.pack.model import Pack
from assessor.pack.question import NumberQuestion, Question, RatioQuestion, TableQuestion, option_ids
from assessor.pack.rule import Count, Feed

Where = Mapping[str, tuple[str | bool, ...]]


def with_derived(pack: Pack, answers: Answers) -> Answers:
    """The answers with what tables give filled in on each side; an answer given by hand stays."""
    items = dict(answers.items)
    for source in pack.rules.feeds:
        table = pack.questions.get(source.table)
        if not isinstance(table, TableQuestion):
            continue
        for feed in source.gives:
            filled = _filled(pack, answers, source.table, feed)
            if filled is not None:
                items[feed.question] = filled
    return replace(answers, items=items)


def derived_ids(pack: Pack, answers: Answers) -> Mapping[str, str]:
    """Question → table, for every value that was counted and not given."""
    filled = with_derived(pack, answers)
    return {
        feed.question: source.table
        for source in pack.rules.feeds
        for feed in source.gives
        if filled.items.get(feed.question) != answers.items.get(feed.question)
    }


def _filled(pack: Pack, answers: Answers, table: str, feed: Feed) -> Answer | None:
    question = pack.questions.get(feed.question)
    own = answers.get(feed.question)
    if question is None or own.state is AnswerState.NOT_APPLICABLE:
        return None
    sides: dict[str, Value] = {}
    for side in SIDES:
        rows = answers.get(table).on(side)
        if own.on(side) is None and isinstance(rows, tuple) and rows:
            value = counted(question, feed, cast("tuple[Row, ...]", rows))
            if value is not None:
                sides["value" if side == "claimed" else "verified"] = value
    return replace(own, **sides) if sides else None  # type: ignore[arg-type]  # names chosen above


def counted(question: Question, feed: Feed, rows: Sequence[Row]) -> Value | None:
    """The value a table gives a question; None when it gives none (nothing to count by)."""
    if feed.share is not None:
        top, bottom = (count_rows(count, rows) for count in feed.share)
        return _share(question, top, bottom)
    if feed.number is not None:
        figure = count_rows(feed.number, rows)
        if feed.at_least:
            return _reached(feed, figure)
        return figure if isinstance(question, NumberQuestion) else None
    if feed.ticks is not None:
        return _ticked(question, feed, rows)
    return None


def count_rows(count: Count, rows: Sequence[Row]) -> Decimal:
    """The sum of a column, the number of rows, or of distinct cells, among the rows that match."""
    kept = [row for row in rows if _matches(row, count.where)]
    if count.sum is not None:
        return sum((_figure(row.get(count.sum)) for row in kept), Decimal(0))
    if count.distinct is not None:
        cells = {row.get(count.distinct) for row in kept}
        return Decimal(len(cells - {None}))
    return Decimal(len(kept))


def _matches(row: Row, where: Where) -> bool:
    return all(row.get(column) in wanted for column, wanted in where.items())


def _figure(cell: object) -> Decimal:
    return cell if isinstance(cell, Decimal) else Decimal(0)


def _share(question: Question, top: Decimal, bottom: Decimal) -> Value | None:
    if bottom == 0 or top > bottom:
        return None
    if isinstance(question, RatioQuestion):
        return Ratio(top, bottom)
    return 100 * top / bottom if isinstance(question, NumberQuestion) else None


def _reached(feed: Feed, figure: Decimal) -> str | None:
    """The option with the highest count that was reached."""
    reached = [option for option, least in feed.at_least.items() if figure >= least]
    return max(reached, key=feed.at_least.__getitem__) if reached else feed.none


def _ticked(question: Question, feed: Feed, rows: Sequence[Row]) -> Value | None:
    found = {feed.map.get(str(row.get(feed.ticks or ""))) for row in _kept(rows, feed.where)}
    letters = tuple(option for option in option_ids(question) if option in found)
    if letters:
        return letters
    return (feed.none,) if feed.none else None


def _kept(rows: Iterable[Row], where: Where) -> Iterable[Row]:
    return (row for row in rows if _matches(row, where))

"""Where is the question about …? Plain words looked for in everything a question says."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessor.pack.question import (
    LevelQuestion,
    MultiQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    TrendQuestion,
)
from assessor.words import named


@dataclass(frozen=True, slots=True)
class Hit:
    """A question found, and the piece of text that holds the first word."""

    question: Question
    snippet: str


def texts_of(question: Question) -> tuple[str, ...]:
    """All a question says, the most telling first."""
    first = (question.id, " ".join(dict.fromkeys((named(question), named(question)))), question.ask)
    match question:
        case LevelQuestion():
            more: tuple[str, ...] = tuple(rung.text for rung in question.levels)
        case SingleQuestion() | MultiQuestion():
            more = tuple(option.text for option in question.options)
        case RatioQuestion():
            more = (question.numerator, question.denominator)
        case TrendQuestion():
            more = (question.quantity,)
        case _:
            more = ()
    return (*first, *more, question.process, question.help)


def find_questions(questions: Iterable[Question], wanted: str) -> Sequence[Hit]:
    """The questions that hold every word, those with it in id or title first."""
    words = _plain(wanted).split()
    if not words:
        return []
    hits = [hit for question in questions if (hit := _hit(question, words)) is not None]
    return [hit for _place, hit in sorted(hits, key=lambda found: found[0])]


def _hit(question: Question, words: Sequence[str]) -> tuple[int, Hit] | None:
    texts = texts_of(question)
    plain = [_plain(text) for text in texts]
    if not all(any(word in text for text in plain) for word in words):
        return None
    place = next(place for place, text in enumerate(plain) if words[0] in text)
    shown = texts[2] if place < 2 else _around(texts[place], plain[place].find(words[0]))
    return min(place, 3), Hit(question, shown)


def _around(text: str, at: int) -> str:
    start = max(0, at - 12)
    return ("…" if start else "") + text[start:]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()

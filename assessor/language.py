"""Which language is spoken? The one door to translations, below everything that has words.

Source texts are Chinese; a gettext catalogue turns them into another language. The window speaks one
language for the whole program (`speak`); a report may be written in another (`speaking`), which holds
for the thread that writes it and for nobody else.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["zh", "en"]
SOURCE: Language = "zh"
LANGUAGES: tuple[Language, ...] = get_args(Language)
NAMES: dict[Language, str] = {"zh": "中文", "en": "English"}
"""Each language in itself, for who cannot read the other."""
TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en-GB"}
"""As HTML, Word and the like name them."""

_usual: Language = SOURCE
_here: ContextVar[Language | None] = ContextVar("language", default=None)


def language() -> Language:
    """The language now spoken."""
    return _here.get() or _usual


def speak(wanted: Language) -> None:
    """Speak this language from now on, wherever nothing else was asked for."""
    global _usual
    _usual = wanted


@contextmanager
def speaking(wanted: Language) -> Iterator[None]:
    """Speak this language inside the block, in this thread alone."""
    token = _here.set(wanted)
    try:
        yield
    finally:
        _here.reset(token)


def _(text: str) -> str:
    """The text in the language now spoken; Chinese itself when the catalogue does not have it."""
    spoken = language()
    return text if spoken == SOURCE or not text else _catalogue(spoken).gettext(text)


@cache
def _catalogue(wanted: Language) -> gettext.NullTranslations:
    with (Path(__file__).parent / "locale" / f"{wanted}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)

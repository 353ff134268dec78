"""The list of evidence: every file and every word that proves an answer, with its questions."""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assessor.answers.model import AnswerState
from assessor.answers.proof import mark_of, name_of
from assessor.diagnosis import Diagnosis
from assessor.words import named

Pictures = Mapping[str, bytes]
"""Thumbnails (JPEG) by the mark an answer names a file with."""
NO_PICTURES: Pictures = MappingProxyType({})
PICTURE = "data:image/jpeg;base64,"
"""How the address of a picture begins that the page brings itself."""


@dataclass(frozen=True, slots=True)
class Served:
    """A question that a piece of evidence lies with."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece; `code` is the beginning of a file's digest, `picture` a data address, both may be empty."""

    number: int
    name: str
    code: str
    questions: tuple[Served, ...]
    picture: str


def evidence_rows(diagnosis: Diagnosis, pictures: Pictures) -> tuple[EvidenceRow, ...]:
    """In the order of the questionnaire; what proves several answers stands once."""
    served: dict[str, list[Served]] = {}
    named: dict[str, str] = {}
    for line, question in _lines(diagnosis):
        key = mark_of(line) or line
        named.setdefault(key, line)
        served.setdefault(key, []).append(question)
    return tuple(
        EvidenceRow(
            number=number,
            name=name_of(line),
            code=mark_of(line),
            questions=tuple(dict.fromkeys(served[key])),
            picture=_address(pictures.get(mark_of(line))),
        )
        for number, (key, line) in enumerate(named.items(), 1)
    )


def _lines(diagnosis: Diagnosis) -> Iterator[tuple[str, Served]]:
    for question in diagnosis.pack.asked():
        if diagnosis.states[question.id] is not AnswerState.NOT_ASKED:
            for line in diagnosis.answers.get(question.id).evidence:
                yield line, Served(question.id, named(question))


def _address(picture: bytes | None) -> str:
    return "" if picture is None else f"{PICTURE}{base64.b64encode(picture).decode('ascii')}"

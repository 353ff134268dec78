"""What two assessments have to agree in: answers without content and rows without content are none."""

from dataclasses import replace

from assessor.answers.model import BLANK, Answers, Value
from assessor.exchange.entries import table_row


def rows_normal(value: Value | None) -> Value | None:
    """A table without its empty cells and empty rows; anything else as it is."""
    if isinstance(value, tuple) and value and not isinstance(value[0], str):
        return tuple(row for row in map(table_row, value) if row)  # type: ignore[arg-type]  # rows
    return value


def normal(answers: Answers) -> Answers:
    """The assessment without what says nothing."""
    items = {
        key: replace(answer, value=rows_normal(answer.value), verified=rows_normal(answer.verified))
        for key, answer in answers.items.items()
    }
    return replace(answers, items={key: answer for key, answer in items.items() if answer != BLANK})

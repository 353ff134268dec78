"""Papers a firm already holds: in which rows of which table they stand, and what they prove."""

from assessor.pack.record import Cite, Names, Record

ITEM, YEAR, GRADE, NUMBER, ISSUER, VALID_UNTIL = "item", "year", "grade", "number", "issuer", "valid_until"
PAPER_COLUMNS = (ITEM, YEAR, GRADE, NUMBER, ISSUER, VALID_UNTIL)
"""The columns a table of papers must have."""


class Papers(Record):
    """The rows of `table` whose item is `item`; `grades` are the words for level 1, 2, … in turn.

    `proves` says in one sentence what such a paper is good for, and what it is not.
    """

    table: str
    item: str
    grades: tuple[Names, ...] = ()
    proves: str
    cite: Cite

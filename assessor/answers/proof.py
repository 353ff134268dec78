"""How does an answer name a file that proves it? By a line that people can read and the store finds again.

A line without a digest is words only: a record seen on the wall, a person asked.
"""

import re

MARK = 16
"""So many digits of the content's digest are enough to tell files of one assessment apart."""
_REFERENCE = re.compile(r"^(?P<name>.*?)\s*#(?P<mark>[0-9a-f]{16})$", re.DOTALL)


def reference(name: str, digest: str) -> str:
    """The line for a file of that name and content: `磅单.jpg #0123456789abcdef`."""
    return f"{name} #{digest[:MARK]}"


def mark_of(line: str) -> str:
    """The beginning of the digest that a line names; empty for words that mean no file."""
    found = _REFERENCE.match(line)
    return found["mark"] if found else ""


def name_of(line: str) -> str:
    """The file's name, or the words themselves."""
    found = _REFERENCE.match(line)
    return found["name"] if found else line

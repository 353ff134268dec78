"""Writes answers and says after each that it is safe; run by itself, to be killed.

`python writer.py FOLDER ASSESSMENT NAME COUNT one|five`: says `ready`, waits for a line, then writes COUNT
entries. Entry n goes to item `NAME-<n mod 7>`, or to five items at once, and its content is n.
"""

import sys
from pathlib import Path

AT = "2026-05-20T08:00:00+08:00"
HEAD = {
    "uid": "u1",
    "pack": "tires",
    "pack_version": "2026.1",
    "pack_digest": "0" * 64,
    "mode": "self",
    "campaign": "2026",
    "date": "2026-05-20",
}


def say(word: object) -> None:
    """One line to whoever listens, at once."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def write(folder: Path, assessment: int, name: str, count: int, together: bool) -> None:
    """Write until done or killed."""
    from assessor.store.store import Store

    store = Store.open(folder, "stamp")
    say("ready")
    sys.stdin.readline()
    for number in range(1, count + 1):
        content = {"value": number}
        if together:
            items = {f"{name}-{part}": content for part in range(5)}
            store.record_all(assessment, "answer", items, name, AT)
        else:
            store.record(assessment, "answer", f"{name}-{number % 7}", content, name, AT)
        say(number)
    store.close()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
    write(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), sys.argv[5] == "five")

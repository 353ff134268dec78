"""Workbooks: blank ones out, filled ones in, and what is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assessor.answers.model import Answers
from assessor.commands import Places, get_pack
from assessor.errors import Problem, UserError, refuse, system_reason
from assessor.pack.model import Pack

if TYPE_CHECKING:
    from assessor.exchange.read import Read


STATES: Mapping[str, str] = {
    "accepted": "可用",
    "repaired": "可用，有几处写法已统一",
    "flagged": "可用，有几处按未答处理",
    "quarantined": "不能使用",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One workbook as `check` found it: accepted, repaired, flagged or quarantined, and the mail back."""

    file: Path
    read: "Read"
    mail: str

    @property
    def good(self) -> bool:
        """Whether nothing has to be mended by the firm."""
        return self.read.state in ("accepted", "repaired")


def write_template(here: Places, pack_id: str, out: Path) -> Path:
    """The blank workbook of a pack."""
    from assessor.exchange.write import write_workbook

    if out.suffix.lower() != ".xlsx":
        raise refuse("template-format", str(out), suffix=out.suffix)
    pack = get_pack(here, pack_id)
    write_workbook(out, pack, None, digest=pack.digest)
    return out


def read_file(here: Places, file: Path, *, need_code: bool = True) -> "Read":
    """A workbook as it stands, whatever is wrong with it; `UserError` when the file can't be read at all."""
    from assessor.exchange.read import read_workbook

    def pack_of(pack_id: str, version: str) -> Pack | None:
        try:
            pack = get_pack(here, pack_id)
        except UserError:
            return None
        return pack if pack.version == version else None

    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise refuse("file-missing", str(file)) from error
    except OSError as error:
        raise refuse("file-unreadable", str(file), reason=system_reason(error)) from error
    return read_workbook(data, file.name, pack_of, need_code=need_code)


def check_workbooks(here: Places, files: Sequence[Path]) -> Sequence[Checked]:
    """Every workbook with everything that is wrong with it."""
    from assessor.exchange.letter import letter

    reads = [(file, read_file(here, file)) for file in files]
    return [Checked(file, read, letter(read)) for file, read in reads]


def answers_of(here: Places, file: Path) -> tuple[Pack, Answers]:
    """The pack and the answers of a workbook; `UserError` with every fault of identity or structure.

    Faults of single answers leave those unanswered, as an agency's intake does.
    """
    read = read_file(here, file, need_code=False)
    if read.pack is None or read.answers is None or read.state == "quarantined":
        raise UserError(*problems_of(file, read))
    return read.pack, read.answers


def problems_of(file: Path, read: "Read") -> tuple[Problem, ...]:
    """The faults of a workbook as problems, each with its sheet and cell."""
    return tuple(
        Problem("workbook-fault", f"{file} {fault.sheet}!{fault.cell}".rstrip("! "), {"text": fault.text})
        for fault in read.faults
    )


def check_document(one: Checked) -> dict[str, Any]:
    """What `check --json` prints of a workbook."""
    read = one.read
    names = ("sheet", "cell", "code", "reason", "remedy")
    return {
        "file": str(one.file),
        "sha256": read.digest,
        "state": read.state,
        "faults": [{name: getattr(fault, name) for name in names} for fault in read.faults],
        "repairs": [
            {"sheet": one.sheet, "cell": one.cell, "code": one.code, "was": one.was, "now": one.now}
            for one in read.repairs
        ],
        "notices": [notice.text for notice in read.notices],
        "mail": one.mail,
    }

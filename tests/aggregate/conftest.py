"""An agency with the small pack: what firms send, and where it lies."""

from pathlib import Path

import pytest

from assessor.commands import Places
from assessor.pack.model import Pack
from tests.aggregate.firms import Sender
from tests.pack.build import load, write_pack


@pytest.fixture(scope="session")
def packs_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packs with the small one in it."""
    return write_pack(tmp_path_factory.mktemp("packs")).parent


@pytest.fixture(scope="session")
def small(packs_root: Path) -> Pack:
    """The small pack."""
    loaded = load(packs_root / "valid")
    assert loaded.pack is not None
    return loaded.pack


@pytest.fixture(scope="session")
def sender(small: Pack) -> Sender:
    """Somebody who fills in workbooks."""
    return Sender(small)


@pytest.fixture
def office(tmp_path: Path, packs_root: Path) -> Places:
    """The agency's machine."""
    return Places(tmp_path / "data", (packs_root,))

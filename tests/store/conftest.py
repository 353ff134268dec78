"""Stores for tests: opened in an empty folder, closed afterwards, and a ready assessment in one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from assessor.store.store import Store
from tests.store.writer import AT, HEAD


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """An open store in the folder."""
    opened = Store.open(folder, "stamp")
    yield opened
    opened.close()


@pytest.fixture
def assessment(store: Store) -> int:
    """An assessment with two facts."""
    facts = {"name": "某轮胎厂", "uscc": "91000000MA0000007C"}
    return store.add_assessment(store.add_firm(AT), HEAD, facts, "张", AT)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine can reach."""
    with tempfile.TemporaryDirectory(prefix="store-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)
        for path in (Path(name), *Path(name).rglob("*")):
            path.chmod(0o755)


@pytest.fixture
def ordinary_user() -> AbstractContextManager[None]:
    """Be nobody for a while, so that rights count even where tests run as root."""
    if not hasattr(os, "geteuid"):
        pytest.skip("rights of files work otherwise on this system")

    @contextmanager
    def nobody() -> Iterator[None]:
        before = os.geteuid()
        if before == 0:
            os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(before)

    return nobody()

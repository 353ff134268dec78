"""The shipped packs, read once."""

import pytest

from assessor.pack.load import open_pack
from assessor.pack.model import Pack
from tests.roadmap.firms import QUESTIONNAIRES


@pytest.fixture(scope="session")
def tires() -> Pack:
    return open_pack("tires", (QUESTIONNAIRES,))


@pytest.fixture(scope="session")
def liquor() -> Pack:
    return open_pack("liquor", (QUESTIONNAIRES,))


@pytest.fixture(scope="session")
def chemicals() -> Pack:
    return open_pack("chemicals", (QUESTIONNAIRES,))

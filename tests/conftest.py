"""What all tests share: the checkout on the path, the shipped packs, and how hard hypothesis searches."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # a bare `pytest` must find the checkout too

from assessor.commands import Places, get_pack  # noqa: E402
from assessor.pack.model import Pack  # noqa: E402

# The usual run draws the same examples every time; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile(
    "usual",
    max_examples=60,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("search", max_examples=2000, deadline=None, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


@pytest.fixture(scope="session")
def questionnaires() -> Path:
    """The folder of shipped packs."""
    return ROOT / "questionnaires"


@pytest.fixture
def here(tmp_path: Path, questionnaires: Path) -> Places:
    """An empty data folder with the shipped packs."""
    return Places(tmp_path / "data", (questionnaires,))


@pytest.fixture(scope="session")
def common(questionnaires: Path) -> Pack:
    """The shipped common pack."""
    return get_pack(Places(Path("nowhere"), (questionnaires,)), "common")


@pytest.fixture(scope="session")
def tires(questionnaires: Path) -> Pack:
    """The shipped tire pack."""
    return get_pack(Places(Path("nowhere"), (questionnaires,)), "tires")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The small valid pack of `tests/data`: every kind of question, one tiny model."""
    from tests.pack.build import sample_pack

    return sample_pack(tmp_path_factory.mktemp("sample"))

"""Rows to choose from and the keys that choose them."""

import pytest

from assessor.commands import Places, get_pack
from assessor.gui.editors.options import choices_of


@pytest.mark.parametrize("pack", ["common", "tires", "liquor", "chemicals"])
def test_choices__no_two_share_a_key_however_many_there_are(here: Places, pack: str) -> None:
    for question in get_pack(here, pack).questions.values():
        keys = [key for choice in choices_of(question) for key in choice.keys if key]
        assert len(keys) == len(set(keys)), question.id

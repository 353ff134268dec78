"""Gaps between Han and Latin, and none inside dates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.report.spacing import spaced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("近30天", "近 30 天"),
        ("近 30 天", "近 30 天"),
        ("2026年5月20日", "2026年5月20日"),
        ("在2024年买的", "在 2024年买的"),
        ("X光机", "X 光机"),
        ("超过10%、不超过20%", "超过 10%、不超过 20%"),
        ("GB 29449-2024", "GB 29449-2024"),
        ("", ""),
    ],
)
def test_spaced(text: str, expected: str) -> None:
    assert spaced(text) == expected


@given(st.text())
def test_spaced__twice_is_the_same_as_once_and_no_letter_is_lost(text: str) -> None:
    once = spaced(text)
    assert spaced(once) == once
    assert once.replace(" ", "") == text.replace(" ", "")

"""The thin gap that Chinese print leaves between Han and Latin letters or digits."""

import re

_HAN = "\u3400-\u9fff"
_BEFORE = re.compile(f"([{_HAN}])([A-Za-z0-9])")
_AFTER = re.compile(f"([A-Za-z0-9])(?![年月日])([{_HAN}])")
_DATE = re.compile(r"(?<=[年月]) (?=\d+[月日])")


def spaced(text: str) -> str:
    """The text with the gap where it is missing; dates stay closed up.

    >>> spaced("近30天，抽50条；2026年5月20日")
    '近 30 天，抽 50 条；2026年5月20日'
    """
    return _DATE.sub("", _AFTER.sub(r"\1 \2", _BEFORE.sub(r"\1 \2", text)))

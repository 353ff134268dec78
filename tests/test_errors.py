"""What the system says is put into words a person can act on."""

import errno
import os

import pytest

from assessor.errors import PROBLEMS, UserError, refuse, system_reason


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "只读"),
        (errno.EACCES, "没有权限"),
        (errno.ENAMETOOLONG, "太长"),
        (errno.EIO, "磁盘读写出错"),
    ],
)
def test_what_the_system_says__is_said_in_chinese(number: int, said: str) -> None:
    reason = system_reason(OSError(number, os.strerror(number)))
    assert said in reason
    assert not any(char.isascii() and char.isalpha() for char in reason)


def test_what_is_seldom_met__keeps_the_system_s_mark_to_be_looked_up() -> None:
    assert "ELOOP" in system_reason(OSError(errno.ELOOP, os.strerror(errno.ELOOP)))


def test_a_file_another_program_holds_open_on_windows__is_said_to_be_so() -> None:
    error = OSError(errno.EACCES, "x")
    error.winerror = 32  # type: ignore[attr-defined, unused-ignore]  # as on Windows
    assert "占用" in system_reason(error)


def test_a_problem__says_what_and_what_to_do() -> None:
    error = refuse("file-unwritable", "a.pdf", reason="磁盘已满")
    assert isinstance(error, UserError)
    assert str(error).startswith("a.pdf: 写不进去：磁盘已满。")
    assert str(error).endswith("[file-unwritable]")


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_problem__has_a_sentence_and_a_remedy_without_a_full_stop(code: str) -> None:
    for text in PROBLEMS[code]:
        assert text
        assert not text.endswith("。")

"""What is settled before the window opens, and what keeps it alive."""

import subprocess
import sys
from pathlib import Path

import pytest

from assessor.errors import UserError
from assessor.gui.app import check_display, choose_input_method
from assessor.gui.prefs import Prefs


def test_display__none_on_linux_is_a_user_error() -> None:
    with pytest.raises(UserError) as refused:
        check_display("linux", {})
    assert [problem.code for problem in refused.value.problems] == ["no-display"]


@pytest.mark.parametrize(
    ("platform", "environment"),
    [
        ("linux", {"DISPLAY": ":0"}),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}),
        ("win32", {}),
    ],
)
def test_display__is_taken_where_there_is_one(platform: str, environment: dict[str, str]) -> None:
    check_display(platform, environment)


def test_cli__without_a_display_says_so_in_one_line(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "assessor", "--data", str(tmp_path)],
        env={"PATH": "/usr/bin", "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "[no-display]" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("module", "becomes"), [("fcitx", "ibus"), ("fcitx5", "ibus"), ("ibus", "ibus"), ("", "")]
)
def test_input_method__fcitx_without_a_plug_in_becomes_ibus(module: str, becomes: str) -> None:
    environment = {"QT_IM_MODULE": module}
    choose_input_method("linux", environment)
    assert environment["QT_IM_MODULE"] == becomes


def test_input_method__elsewhere_is_left_alone() -> None:
    environment = {"QT_IM_MODULE": "fcitx"}
    choose_input_method("win32", environment)
    assert environment["QT_IM_MODULE"] == "fcitx"


def test_prefs__are_read_again(tmp_path: Path) -> None:
    first = Prefs(tmp_path)
    assert (first.theme, first.help, first.place.isEmpty()) == ("system", True, True)
    first.theme, first.help = "dark", False
    first.flush()
    again = Prefs(tmp_path)
    assert (again.theme, again.help) == ("dark", False)


def test_prefs__that_make_no_sense_are_as_at_first(tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_text("[General]\ntheme=purple\nhelp=perhaps\n", encoding="utf-8")
    prefs = Prefs(tmp_path)
    assert (prefs.theme, prefs.help) == ("system", True)

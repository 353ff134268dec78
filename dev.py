"""One helper for all chores. A bare call prints the menu; every verb first sets up what it needs.

Standard library only, and old syntax on purpose: it must at least start on an old Python, to say that a
newer one is needed. Messages are one line each: what is the matter, and what to do about it.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = sys.platform == "win32"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
ME = "py dev.py" if WINDOWS else "python3 dev.py"

DONE, FAULTS, IMPOSSIBLE, INTERRUPTED = 0, 1, 2, 130


class SetupError(Exception):
    """Something is missing that this helper cannot get; the text says what to do."""


# ---------------------------------------------------------------- what the machine must have


class Library(NamedTuple):
    """A system library, the Debian and Ubuntu package with it, and whether nothing works without it."""

    soname: str
    package: str
    essential: bool


LIBRARIES = [
    Library("libEGL.so.1", "libegl1", True),
    Library("libGL.so.1", "libgl1", True),
    Library("libdbus-1.so.3", "libdbus-1-3", True),
    Library("libfontconfig.so.1", "libfontconfig1", True),
    Library("libglib-2.0.so.0", "libglib2.0-0", True),
    Library("libxkbcommon.so.0", "libxkbcommon0", True),
    # the PDF report
    Library("libpango-1.0.so.0", "libpango-1.0-0", False),
    Library("libpangoft2-1.0.so.0", "libpangoft2-1.0-0", False),
    Library("libharfbuzz-subset.so.0", "libharfbuzz-subset0", False),
    # a window on a real screen
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", False),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", False),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", False),
    Library("libxcb-image.so.0", "libxcb-image0", False),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", False),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", False),
    Library("libxcb-shape.so.0", "libxcb-shape0", False),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", False),
]

# Programs that the tests call, and their packages.
TEST_PROGRAMS = {"Xvfb": "xvfb", "pdftoppm": "poppler-utils", "pdffonts": "poppler-utils"}


def loads(soname: str) -> bool:
    """Whether the system's loader finds this library."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_libraries() -> list[Library]:
    """The libraries that this machine lacks; Windows needs none of them."""
    if not sys.platform.startswith("linux"):
        return []
    return [library for library in LIBRARIES if not loads(library.soname)]


def missing_programs() -> set[str]:
    """The packages of the test programs that this machine lacks."""
    if not sys.platform.startswith("linux"):
        return set()
    return {package for program, package in TEST_PROGRAMS.items() if shutil.which(program) is None}


def is_root() -> bool:
    """Whether packages may be installed without asking."""
    return not WINDOWS and os.geteuid() == 0


def apt_line(packages: Sequence[str]) -> str:
    """The command that installs these packages, to be typed by a person."""
    return "sudo apt-get install -y --no-install-recommends " + " ".join(packages)


def apt_get(*arguments: str) -> bool:
    """Runs apt-get without questions; whether it succeeded."""
    command = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", *arguments]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    result = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return result.returncode == 0


def install_packages(packages: Sequence[str]) -> None:
    """Installs system packages; one that this system does not know must not stop the others."""
    say("正在安装系统软件包：" + " ".join(packages))
    apt_get("update")
    install = ("install", "-y", "--no-install-recommends")
    if not apt_get(*install, *packages):
        for package in packages:
            apt_get(*install, package)


def may_install() -> bool:
    """Whether system packages can be installed here and now."""
    return is_root() and shutil.which("apt-get") is not None


def prepare_libraries() -> None:
    """Gets the system libraries that are missing, or says exactly how to get them."""
    missing = missing_libraries()
    if missing and may_install():
        install_packages([library.package for library in missing])
        missing = missing_libraries()
    if not missing:
        return
    names = "、".join(library.soname for library in missing)
    advice = apt_line([library.package for library in missing])
    if shutil.which("apt-get") is None:
        advice = "用本机的包管理器安装含有这些文件的软件包"
    if any(library.essential for library in missing):
        raise SetupError(f"缺少系统库 {names}，请先运行：{advice}")
    say(f"缺少系统库 {names}，窗口或 PDF 可能不可用；补齐请运行：{advice}")


def prepare_test_programs() -> None:
    """Gets the programs that some tests call; tests that lack theirs say so themselves."""
    packages = sorted(missing_programs())
    if packages and may_install():
        install_packages(packages)
        packages = sorted(missing_programs())
    if packages:
        say(f"部分测试需要 {'、'.join(packages)}，请运行：{apt_line(packages)}")


# ---------------------------------------------------------------- the Python environment

# The newest Qt for a C library older than the one that today's wheels are built for (UOS, Kylin).
OLD_QT = {"x86_64": ((2, 34), "6.9.3"), "aarch64": ((2, 39), "6.8.0.2")}


def old_qt() -> str:
    """The Qt release to take in place of the pinned one, or nothing where the pinned one runs."""
    name, version = platform.libc_ver()
    newest_lacking, release = OLD_QT.get(platform.machine(), ((0, 0), ""))
    if name != "glibc" or tuple(int(part) for part in version.split(".")[:2]) >= newest_lacking:
        return ""
    return release


def pins(kind: str) -> str:
    """The pinned requirements `run` or `dev`, made to fit this machine."""
    lines = (ROOT / "requirements" / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    release = old_qt()
    if release:
        for package in ("pyside6-essentials", "shiboken6"):
            lines = [f"{package}=={release}" if line.startswith(f"{package}==") else line for line in lines]
    return "\n".join(lines) + "\n"


def digest(kind: str) -> str:
    """What must be unchanged for an installed environment to be still right."""
    return hashlib.sha256(pins(kind).encode()).hexdigest()


def stamp(kind: str) -> Path:
    """The file that remembers the digest of what was installed."""
    return VENV / f"installed-{kind}.txt"


def installed(kind: str) -> bool:
    """Whether these requirements are in place; those for developers hold those for users."""
    kinds = [kind, "dev"] if kind == "run" else [kind]
    return any(stamp(each).is_file() and stamp(each).read_text() == digest(each) for each in kinds)


def make_venv() -> None:
    """Makes `.venv` anew with the Python that runs this script."""
    say(f"正在创建 Python 环境：{VENV.name}")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if quiet(command):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if may_install():
        install_packages([package])
        if quiet(command):
            return
    raise SetupError(f"无法创建 Python 环境，请先运行：{apt_line([package])}")


def venv_lives() -> bool:
    """Whether there is an environment that still works; an upgrade of the system's Python breaks it."""
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return PYTHON.exists() and quiet([str(PYTHON), "-c", probe])


def install(kind: str) -> None:
    """Installs the pinned requirements; does nothing when they are in place."""
    if not venv_lives():
        make_venv()
    if installed(kind):
        return
    say("正在安装依赖（第一次需要几分钟）…")
    wanted = VENV / f"wanted-{kind}.txt"
    wanted.write_text(pins(kind), encoding="utf-8")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    if call([*pip, "-r", str(wanted)]) != DONE:
        raise SetupError("安装依赖失败：请检查网络；如需改用镜像，设置环境变量 PIP_INDEX_URL 后重试")
    stamp(kind).write_text(digest(kind))


def set_up(kind: str) -> None:
    """Everything that `run` or `dev` needs."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the one thing an old Python is let in for
        raise SetupError(
            f"需要 Python 3.11 或更高版本，现在是 {platform.python_version()}：请安装后用它运行 dev.py"
        )
    install(kind)
    prepare_libraries()


# ---------------------------------------------------------------- running things


def say(text: str) -> None:
    """One line for the person at the keyboard."""
    print(text, flush=True)


def quiet(command: Sequence[str]) -> bool:
    """Runs a command without showing what it prints; whether it succeeded."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def environment(offscreen: bool) -> dict[str, str]:
    """Where Python finds the program, and whether Qt may open a window."""
    values = {**os.environ, "PYTHONUTF8": "1"}
    values["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    if offscreen:
        values.setdefault("QT_QPA_PLATFORM", "offscreen")
    return values


def call(command: Sequence[str], here: bool = False, offscreen: bool = False) -> int:
    """Runs a command and gives its exit status; in the caller's folder if `here`, else in the project's."""
    folder = None if here else ROOT
    return subprocess.run(command, cwd=folder, env=environment(offscreen), check=False).returncode


def call_script(path: str, arguments: Sequence[str]) -> int:
    """Runs a script of this project, without a screen."""
    script = ROOT / path
    if not script.is_file():
        raise SetupError(f"找不到 {path}：请取回完整的源代码")
    return call([str(PYTHON), str(script), *arguments], offscreen=True)


# ---------------------------------------------------------------- the verbs


def setup(arguments: Sequence[str]) -> int:
    """准备好运行和测试所需的一切"""
    set_up("dev")
    prepare_test_programs()
    say(f"已就绪。打开程序：{ME} run")
    return DONE


def run(arguments: Sequence[str]) -> int:
    """打开桌面程序；带参数则执行命令，例如 run pack list"""
    set_up("run")
    if not arguments and not has_screen():
        say("没有检测到图形界面，改为生成示例结果：demo-output/")
        arguments = ["demo", "-o", "demo-output"]
    return call([str(PYTHON), str(ROOT / "main.py"), *arguments], here=True)


def has_screen() -> bool:
    """Whether a window can be shown."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in names)


def test(arguments: Sequence[str]) -> int:
    """运行测试，每个处理器核一份；参数交给 pytest，例如 test -k pack、test -n 0"""
    set_up("dev")
    prepare_test_programs()
    spread = [] if any(one.startswith("-n") for one in arguments) else ["-n", "auto"]
    return call([str(PYTHON), "-m", "pytest", *spread, *arguments], offscreen=True)


CHECKS = {
    "ruff check": [str(BIN / "ruff"), "check", "."],
    "ruff format": [str(BIN / "ruff"), "format", "--check", "."],
    "mypy": [str(PYTHON), "-m", "mypy"],
    "lint-imports": [str(BIN / "lint-imports"), "--no-logo"],
}


def check(arguments: Sequence[str]) -> int:
    """检查代码：风格、格式、类型、导入方向"""
    set_up("dev")
    failed = [name for name, command in CHECKS.items() if call(command) != DONE]
    if failed:
        say(f"检查未通过：{'、'.join(failed)}；修改后再运行 {ME} check")
        return FAULTS
    say("检查全部通过。")
    return DONE


def bench(arguments: Sequence[str]) -> int:
    """与其他做法并排测速"""
    set_up("dev")
    return call_script("bench/run.py", arguments)


def shots(arguments: Sequence[str]) -> int:
    """把每个页面截成图片，中英文各一套，例如 shots screenshots；只要一种：shots screenshots en"""
    set_up("run")
    folder = Path(arguments[0] if arguments else "screenshots").resolve()
    module = [str(PYTHON), "-m", "assessor.gui.shots"]
    for language in arguments[1:] or ("zh", "en"):
        failed = call([*module, str(folder / language), language], offscreen=True)
        if failed:
            return failed
    return DONE


def docs(arguments: Sequence[str]) -> int:
    """重新生成由程序得出的文档"""
    set_up("run")
    return call_script("docs/generate.py", arguments)


VERBS: list[Callable[[Sequence[str]], int]] = [setup, run, test, check, bench, shots, docs]


def menu() -> str:
    """What this helper can do."""
    lines = [f"  {verb.__name__:<6} {verb.__doc__}" for verb in VERBS]
    return "\n".join([f"用法：{ME} <命令> [参数…]", *lines])


def main(arguments: Sequence[str]) -> int:
    """Carries out one verb and gives the exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    verbs = {verb.__name__: verb for verb in VERBS}
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        say(menu())
        return DONE
    if arguments[0] not in verbs:
        print(f"没有命令 {arguments[0]}；可用的命令见下\n{menu()}", file=sys.stderr)
        return IMPOSSIBLE
    try:
        return verbs[arguments[0]](arguments[1:])
    except SetupError as problem:
        print(problem, file=sys.stderr)
        return IMPOSSIBLE
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

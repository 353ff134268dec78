"""The shape of the code itself: who may import whom, who reads the clock, how long things are."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "assessor").rglob("*.py"))
MOST_LINES = 600
MOST_LINES_OF_A_FUNCTION = 60
CLOCK = {
    *("datetime.now", "datetime.today", "datetime.utcnow", "date.today"),
    *("time.time", "time.localtime", "time.gmtime", "time.strftime", "time.time_ns"),
}
PERSON = {"getpass.getuser", "Path.home", "platformdirs.user_data_dir", "os.getlogin"}
CHANCE = {"random", "secrets", "uuid"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


every_module = pytest.mark.parametrize("path", MODULES, ids=name_of)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def dotted(node: ast.AST) -> str:
    """`a.b.c` as it is written, of which the last two words are looked at."""
    return ast.unparse(node) if isinstance(node, ast.Attribute) else ""


def test_imports__keep_to_the_contracts() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    "module",
    [
        "errors",
        "words",
        "pack",
        "answers",
        "scoring",
        "diagnosis",
        "roadmap",
        "store",
        "report",
        "commands",
        "cli",
    ],
)
def test_a_module_below_the_window__does_without_qt(module: str) -> None:
    code = f"""
import importlib, pkgutil, sys
sys.modules["PySide6"] = None
package = importlib.import_module("assessor.{module}")
for found in pkgutil.walk_packages(getattr(package, "__path__", []), "assessor.{module}."):
    importlib.import_module(found.name)
"""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    "library", ["openpyxl", "weasyprint", "PySide6", "sqlite_utils", "jinja2", "highspy"]
)
def test_the_command_line__starts_without_the_heavy_libraries(library: str) -> None:
    code = f"import assessor.cli, sys; assert {library!r} not in sys.modules"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("path", [path for path in MODULES if path.parent.name != "commands"], ids=name_of)
def test_only_the_verbs__read_the_clock_the_person_and_chance(path: Path) -> None:
    used = {".".join(dotted(node).split(".")[-2:]) for node in ast.walk(tree(path))}
    assert used & (CLOCK | PERSON) == set()
    imported = {
        alias.name.split(".")[0]
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        (node.module or "").split(".")[0] for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)
    }
    assert imported & CHANCE == set()


@every_module
def test_a_file__is_not_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def functions(node: ast.AST) -> Iterator[Function]:
    for inner in ast.walk(node):
        if isinstance(inner, Function):
            yield inner


@every_module
def test_a_function__is_not_too_long(path: Path) -> None:
    long = {
        function.name: length
        for function in functions(tree(path))
        if (length := (function.end_lineno or 0) - function.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


def public(body: list[ast.stmt], inside: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Public classes, functions and methods with their names; those with a name of Qt left out."""
    for node in body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
            continue
        if isinstance(node, Function) and any(char.isupper() for char in node.name):
            continue
        yield f"{inside}{node.name}", node
        if isinstance(node, ast.ClassDef):
            yield from public(node.body, f"{node.name}.")


@every_module
def test_what_is_public__says_what_it_gives(path: Path) -> None:
    module = tree(path)
    assert ast.get_docstring(module), "the module itself"
    in_window = "gui" in path.parts  # there, most methods fill in what a base class has explained
    silent = [
        name
        for name, node in public(module.body)
        if not ast.get_docstring(node) and not (in_window and "." in name)  # type: ignore[arg-type]
    ]
    assert silent == []


@every_module
def test_every_function__is_annotated(path: Path) -> None:
    bare = [
        function.name
        for function in functions(tree(path))
        if function.returns is None
        or any(
            argument.annotation is None and argument.arg not in ("self", "cls")
            for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
        )
    ]
    assert bare == []

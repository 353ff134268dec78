"""Where do the program's own files lie, and which version is this?

Content (`questionnaires/`) and templates (`reports/`) are plain folders. In a source tree they lie beside
the package; in an installed wheel they lie inside it. `shipped` knows both places, so nothing else has to.
"""

from pathlib import Path

__version__ = "0.1.0"


def shipped(name: str) -> Path:
    """The folder or file `name` that comes with the program, such as `shipped("questionnaires")`.

    Prefers the copy inside the package (an installed wheel), else the one beside it (a source tree).
    The path is returned even if nothing is there: whoever opens it reports what is missing.
    """
    package = Path(__file__).resolve().parent
    inside = package / name
    return inside if inside.exists() else package.parent / name

"""Which colours, sizes and distances? `reports/looks.yaml`, for window, paper and charts alike."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from assessor import shipped
from assessor.errors import Problem, raise_if
from assessor.pack.yamlfile import read_yaml

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, as `#RRGGBB`; what each is for stands in the file."""

    name: str
    ground: str
    panel: str
    line: str
    outline: str
    ink: str
    quiet: str
    accent: str
    on_accent: str
    accent_soft: str
    red: str
    red_soft: str
    amber: str
    amber_soft: str
    green: str
    green_soft: str
    on_signal: str
    levels: tuple[str, ...]
    on_levels: tuple[str, ...]

    def colours(self) -> Mapping[str, str]:
        """Every colour by name, the levels as `level_0` … `on_level_4`."""
        plain = {item.name: getattr(self, item.name) for item in fields(self)}
        named = {key: value for key, value in plain.items() if isinstance(value, str) and key != "name"}
        for number, (back, front) in enumerate(zip(self.levels, self.on_levels, strict=True)):
            named[f"level_{number}"] = back
            named[f"on_level_{number}"] = front
        return named


@dataclass(frozen=True, slots=True)
class WindowSizes:
    """Type and targets of the window, in px."""

    note: float
    body: float
    section: float
    page: float
    verdict: float
    line_height: float
    target: float
    option: float
    radius: float


@dataclass(frozen=True, slots=True)
class PaperSizes:
    """Type of the paper in pt, margins in mm."""

    source: float
    table: float
    body: float
    section: float
    chapter: float
    verdict: float
    cover: float
    line_height: float
    margin_side_mm: float
    margin_top_mm: float


@dataclass(frozen=True, slots=True)
class ChartSizes:
    """Type and strokes of charts, in units of their viewBox."""

    note: float
    label: float
    title: float
    figure: float
    hairline: float
    stroke: float


@dataclass(frozen=True, slots=True)
class Looks:
    """Everything in `looks.yaml`."""

    family: str
    word_family: str
    light: Theme
    dark: Theme
    window: WindowSizes
    paper: PaperSizes
    chart: ChartSizes
    space: tuple[int, ...]

    def theme(self, dark: bool = False) -> Theme:
        """One of the two themes."""
        return self.dark if dark else self.light


@lru_cache(maxsize=1)
def load_looks() -> Looks:
    """The looks that come with the program; `UserError` when the file is missing or broken."""
    return read_looks(shipped("reports") / "looks.yaml")


def read_looks(path: Path) -> Looks:
    """The looks in a file, every name checked."""
    document = read_yaml(path, str(path))
    raise_if(document.problems)
    data = document.data if isinstance(document.data, dict) else {}
    problems: list[Problem] = []

    def part(kind: type[T], raw: Any, place: tuple[str, ...], **extra: Any) -> T:
        return _record(kind, raw, extra, document.where(place), problems)

    themes = data.get("themes") or {}
    looks = Looks(
        family=str(data.get("family", "")),
        word_family=str(data.get("word_family", "")),
        light=part(Theme, themes.get("light"), ("themes", "light"), name="light"),
        dark=part(Theme, themes.get("dark"), ("themes", "dark"), name="dark"),
        window=part(WindowSizes, data.get("window"), ("window",)),
        paper=part(PaperSizes, data.get("paper"), ("paper",)),
        chart=part(ChartSizes, data.get("chart"), ("chart",)),
        space=tuple(data.get("space") or ()),
    )
    raise_if(problems)
    return looks


def _record(kind: type[T], raw: Any, extra: Mapping[str, Any], where: str, problems: list[Problem]) -> T:
    given = raw if isinstance(raw, dict) else {}
    values = {key: _plain(value) for key, value in given.items()} | dict(extra)
    known = [item.name for item in fields(kind)]  # type: ignore[arg-type]  # only dataclasses are passed
    problems += [Problem("pack-field-unknown", where, {"field": key}) for key in values if key not in known]
    problems += [
        Problem("pack-field-missing", where, {"field": name}) for name in known if name not in values
    ]
    return kind(**{name: values.get(name) for name in known})


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return float(value) if isinstance(value, int | Decimal) else value


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

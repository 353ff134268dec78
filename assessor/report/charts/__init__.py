"""Charts: plain functions from data and theme to SVG, shown in window, PDF and HTML alike."""

from assessor.report.charts.bars import dimension_bars, gap_bars, point_gaps
from assessor.report.charts.curve import curve_chart
from assessor.report.charts.gantt import Gantt, gantt_of
from assessor.report.charts.radar import Ends, Spoke, radar, spoke_bars, spokes
from assessor.report.charts.reach import Reach, reach_bars, reach_of
from assessor.report.charts.roadmap import roadmap_chart
from assessor.report.charts.scale import score_scale
from assessor.report.charts.scenes import scene_map
from assessor.report.charts.strip import strip

__all__ = [
    "Ends",
    "Gantt",
    "Reach",
    "Spoke",
    "curve_chart",
    "dimension_bars",
    "gantt_of",
    "gap_bars",
    "point_gaps",
    "radar",
    "reach_bars",
    "reach_of",
    "roadmap_chart",
    "scene_map",
    "score_scale",
    "spoke_bars",
    "spokes",
    "strip",
]

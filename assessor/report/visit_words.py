"""How long does a visit take, in words, and who says so?"""

from assessor.pack.question import LevelQuestion, MultiQuestion, TableQuestion
from assessor.scoring.narrowing import MINUTES, OTHER_MINUTES
from assessor.words import _

_HOUR, _STEP = 60, 5


def minutes_text(minutes: int) -> str:
    """约 14 分钟; from an hour on to the next five: 约 1 小时 50 分钟."""
    if minutes < _HOUR:
        return _("约 {minutes} 分钟").format(minutes=minutes)
    hours, rest = divmod(-(-minutes // _STEP) * _STEP, _HOUR)
    if rest:
        return _("约 {hours} 小时 {minutes} 分钟").format(hours=hours, minutes=rest)
    return _("约 {hours} 小时").format(hours=hours)


def basis_text() -> str:
    """Where the minutes come from."""
    said = _(
        "时间按题型估计，是专家判断，没有实测：清单 {table} 分钟，等级、比例和前后对比 {level} 分钟，"
        "多选 {multi} 分钟，其余 {other} 分钟。"
    )
    table, level, multi = (MINUTES[kind] for kind in (TableQuestion, LevelQuestion, MultiQuestion))
    return said.format(table=table, level=level, multi=multi, other=OTHER_MINUTES)

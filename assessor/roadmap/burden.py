"""What does a schedule ask of the firm? Money, own days and actions at once, quarter by quarter."""

from fractions import Fraction

from assessor.roadmap.task import Schedule, Task


def needed_cures(task: Task, schedule: Schedule) -> tuple[str, ...]:
    """The red lines that must be put out the lawful way, since the schedule does not do it in time."""
    return tuple(
        remedy.line.id
        for remedy in task.remedies
        if not remedy.actions
        or any(
            schedule.get(name, task.limits.quarters + 1) > task.candidates[name].earliest
            for name in remedy.actions
        )
    )


def at_work(task: Task, schedule: Schedule, quarter: int) -> list[str]:
    """The actions at work in a quarter."""
    return [name for name, start in schedule.items() if start <= quarter <= task.finish(name, start)]


def load(task: Task, schedule: Schedule, who: str, quarter: int) -> Fraction:
    """Own person-days in a quarter, of `it` or `ops`."""
    ones = (task.candidates[name] for name in at_work(task, schedule, quarter))
    return sum((getattr(one, who) / one.quarters for one in ones), Fraction(0))


def cash(task: Task, schedule: Schedule) -> tuple[Fraction, ...]:
    """Money paid in each quarter, in tenths of 万元, grants taken off."""
    paid = [Fraction(0)] * task.limits.quarters
    for name, start in schedule.items():
        one = task.candidates[name]
        for quarter in range(start, min(task.finish(name, start), len(paid)) + 1):
            paid[quarter - 1] += Fraction(one.price.net, one.quarters)
    lawful = needed_cures(task, schedule)
    for remedy in task.remedies:
        if remedy.line.id in lawful:
            for quarter in range(1, min(remedy.quarters, len(paid)) + 1):
                paid[quarter - 1] += Fraction(remedy.cost, remedy.quarters)
    return tuple(paid)

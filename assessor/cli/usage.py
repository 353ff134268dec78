"""What argparse says of wrong usage, in the words of this program."""

import re

from assessor.words import _

_SAYINGS = (
    (
        r"argument (?P<name>.+?): invalid choice: (?P<found>.+?) \(choose from (?P<known>.+)\)",
        "{name} 没有 {found}，可用 {known}",
    ),
    (r"the following arguments are required: (?P<names>.+)", "缺少 {names}"),
    (r"unrecognized arguments: (?P<names>.+)", "不认识 {names}"),
    (r"argument (?P<name>.+?): expected one argument", "{name} 后面要写一个值"),
    (r"argument (?P<name>.+?): expected at least one argument", "{name} 后面至少要写一个值"),
    (r"argument (?P<name>.+?): invalid \w+ value: (?P<found>.+)", "{name} 不能是 {found}"),
    (r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)", "{name} 不能与 {other} 同用"),
    (r"argument (?P<name>.+?): (?P<what>.+)", "{name}：{what}"),
)


def usage_text(message: str) -> str:
    """The message of argparse in our words; one that is not known stays as it is."""
    for pattern, saying in _SAYINGS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            told = _(saying).format(**found.groupdict())
            return told.replace("', '", _("、")).replace(", ", _("、")).replace("'", "")
    return message

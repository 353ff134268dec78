"""The answers as they count: what tables give is filled in, verified levels are held down by caps."""

from assessor.answers.derived import with_derived
from assessor.answers.model import Answers
from assessor.answers.rules import caps, fired, with_caps
from assessor.pack.model import Pack


def effective(pack: Pack, answers: Answers) -> Answers:
    """What scoring sees. Claims stay as they are."""
    filled = with_derived(pack, answers)
    return with_caps(filled, caps(fired(pack, filled)))

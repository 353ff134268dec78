"""The report of the demo firm as PDF, beside WeasyPrint on the same pages without charts."""

import re
import tempfile
from pathlib import Path

from assessor import commands
from assessor.commands.paper import write_report
from bench.table import Row, show, timed

ROUNDS = 3
_CHARTS = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


def run(sample: Path) -> None:
    """Measure both in one process; the first round of each is not counted."""
    from assessor.report import pdf

    here = commands.places()
    diagnosis = commands.diagnose_file(here, sample)
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "report.pdf"
        whole = timed(lambda: write_report(diagnosis, out), ROUNDS)
        render = pdf.render_paper
        pdf.render_paper = lambda *given, **named: _CHARTS.sub("", render(*given, **named))
        try:
            plain = Row("same pages without charts", timed(lambda: write_report(diagnosis, out), ROUNDS))
        finally:
            pdf.render_paper = render
    show("Paper", [plain, Row("PDF of the demo firm", whole, plain)])

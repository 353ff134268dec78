"""Every measurement, one after the other: medians and ratios of this run, no pass or fail."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# the checkout, not an installed copy
from bench import intake, keys, paper, roadmap, scoring, start, travel, window  # noqa: E402

SAMPLE = ROOT / "questionnaires/tires/samples/demo.json"

if __name__ == "__main__":
    start.run()
    window.run(SAMPLE, keys.run(SAMPLE))
    scoring.run(SAMPLE)
    roadmap.run()
    paper.run(SAMPLE)
    travel.run(SAMPLE)
    intake.run()

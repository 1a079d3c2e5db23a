"""The figures that the design promises, each beside its bare limit measured in the same run: `make bench`.

`--quick` goes through everything once with little load: it shows that the benchmark works, not how fast the hall is.
`--json` prints the figures for a script.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(1, str(Path(__file__).parents[1] / "support"))

import engine_speed
import keypad_speed
import pad_speed
import paper_rate
import paper_speed
import report_speed
import wait_error
import web_speed
from figure import table

AREAS = {
    "engine": engine_speed,
    "web": web_speed,
    "paper": paper_speed,
    "rate": paper_rate,
    "pads": pad_speed,
    "wait": wait_error,
    "keypad": keypad_speed,
    "report": report_speed,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("areas", nargs="*", metavar="AREA", help=f"{', '.join(AREAS)}; all unless named")
    arguments = parser.parse_args()
    figures = []
    for name in arguments.areas or AREAS:
        with tempfile.TemporaryDirectory(prefix="jiaohao-bench-") as folder:
            figures += AREAS[name].measure(Path(folder), quick=arguments.quick)
    if arguments.json:
        sys.stdout.write(json.dumps([figure.as_json() for figure in figures]) + "\n")
    else:
        sys.stdout.write(table(figures) + "\n")


if __name__ == "__main__":
    main()

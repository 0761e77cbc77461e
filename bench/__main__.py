"""`make bench`: everything that is measured, as tables with ratios.

python -m bench                 all, with 1,000 and 10,000 initiatives (about ten minutes)
python -m bench --quick         fewer pairs, 1,000 initiatives
python -m bench --size 100000   the large data set (making it takes some minutes)
python -m bench --only weights  one part: speed, index, start, weights, quality, letters or code
"""

import argparse
import tempfile
from pathlib import Path

from bench import code, index, letters, quality, speed, start, tables, weights
from bench.data import PEOPLE, DataSet, prepare
from bench.speed import Plan

PARTS = ("speed", "index", "start", "weights", "quality", "letters", "code")
USUAL, QUICK = Plan(pairs=7, requests=96), Plan(pairs=3, requests=48)
GROWING = ("list", "detail", "vote", "comment")


def main() -> None:
    """Measure what the command line asks for."""
    wanted = _arguments()
    sizes = wanted.size or ([1_000] if wanted.quick else [1_000, 10_000])
    parts = wanted.only or PARTS
    with tempfile.TemporaryDirectory(prefix="cchc-bench-") as folder:
        if not set(parts) <= {"code", "letters"}:
            data = [prepare(size, into=Path(folder)) for size in sizes]
            _measure(data, parts, quick=wanted.quick)
    if "letters" in parts:
        letters.measure()
    if "code" in parts:
        code.measure()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the portal.")
    parser.add_argument("--quick", action="store_true", help="fewer pairs, 1,000 initiatives")
    parser.add_argument("--size", type=int, action="append", choices=list(PEOPLE), help="may be repeated")
    parser.add_argument("--only", action="append", choices=PARTS, help="may be repeated")
    return parser.parse_args()


def _measure(data: list[DataSet], parts: list[str] | tuple[str, ...], *, quick: bool) -> None:
    if "speed" in parts:
        costs = [speed.measure(one, QUICK if quick else USUAL) for one in data]
        if len(costs) > 1:
            _show_growth(data, costs)
    if "index" in parts:
        for one in data:
            index.measure(one)
    if "start" in parts:
        start.measure(data[0], times=2 if quick else 3)
    if "weights" in parts:
        weights.measure(data[0])
    if "quality" in parts:
        for one in data:
            quality.measure(one)


def _show_growth(data: list[DataSet], costs: list[dict[str, float]]) -> None:
    small, large = costs[0], costs[-1]
    rows = [
        [name, f"{large[name] / small[name]:.2f}", tables.verdict(large[name] / small[name], 1.25)]
        for name in GROWING
    ]
    tables.show(f"Growth from {data[0].size:,} to {data[-1].size:,}", ("case", "times", "bar"), rows)


if __name__ == "__main__":
    main()

"""``python -m benchmarks``: fill the data set, compare answers, measure, and write the table."""

import argparse
import os
import sys
from typing import Any


def main() -> int:
    """The exit code: 1 when contestants do not agree."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--news", type=int, default=5000, help="news items in each locale (default %(default)s)")
    parser.add_argument("--rounds", type=int, default=7, help="interleaved rounds (default %(default)s)")
    parser.add_argument("--seconds", type=float, default=0.5, help="seconds a contestant in a round (%(default)s)")
    parser.add_argument("--questions", default="", help="some of the questions, with commas between them")
    options = parser.parse_args()
    os.environ["BENCH_NEWS"] = str(options.news)
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"

    from benchmarks.database import database_make

    database_make()
    import django

    django.setup()
    from benchmarks.run import run

    wanted = tuple(name.strip() for name in options.questions.split(",") if name.strip())
    arguments: dict[str, Any] = {"news": options.news, "rounds": options.rounds, "seconds": options.seconds}
    return run(questions=wanted, say=lambda text: print(text, flush=True), **arguments)


if __name__ == "__main__":
    sys.exit(main())

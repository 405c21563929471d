"""``python -m benchmarks``: fill the data set, compare answers, measure, and write docs/performance.md."""

import argparse
import sys

from benchmarks.questions import QUESTIONS


def main() -> int:
    """The exit code: 1 when contestants do not agree."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--news", type=int, default=5000, help="news items in each locale (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds (%(default)s)")
    parser.add_argument("--seconds", type=float, default=0.5, help="seconds of each cell in a round (%(default)s)")
    parser.add_argument("--questions", type=_names, default=[], help="some of the questions, with commas between them")
    parser.add_argument(
        "--without-peers", action="store_true", help="measure the endpoint, the floor and the limit only"
    )
    parser.add_argument("--sweep", type=_numbers, metavar="N,N,…", help="several numbers of news: is the cost flat?")
    parser.add_argument("--in-process", action="store_true", help="over WSGI in one process, for work on the endpoint")
    parser.add_argument("--keep", action="store_true", help="print only, and leave docs/performance.md as it is")
    options = parser.parse_args()
    if unknown := set(options.questions) - set(QUESTIONS):
        parser.error(f"no such question: {', '.join(sorted(unknown))}; there are: {', '.join(QUESTIONS)}")
    measured = {"rounds": options.rounds, "seconds": options.seconds, "say": _say}

    if options.in_process:
        from benchmarks import in_process

        in_process.run(news=options.news, questions=options.questions, **measured)
        return 0
    from benchmarks import report
    from benchmarks.run import Disagreement, run, sweep

    command = " ".join(["make bench", *([f"BENCH_ARGS='{' '.join(sys.argv[1:])}'"] if sys.argv[1:] else [])])
    try:
        if options.sweep:
            scales = sweep(scales=options.sweep, **measured)
            _say(report.sweep_table(scales))
            if not options.keep:
                report.sweep_write(scales, command=command)
        else:
            figures = run(news=options.news, questions=options.questions, peers=not options.without_peers, **measured)
            _say(report.verdict_table(figures))
            # A table with holes is none.
            if not (options.keep or options.questions or options.without_peers):
                report.report_write(figures, command=command)
    except Disagreement as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())

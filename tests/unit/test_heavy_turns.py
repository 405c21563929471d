"""Turns of heavy operations among the threads of a process."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from api.limits.heavy import BusyError, HeavyTurns


def test_so_many_run_so_many_wait_and_others_are_turned_away() -> None:
    turns = HeavyTurns(running=2, waiting=1, seconds=30)
    inside = [Event(), Event()]
    leave, waited = Event(), Event()

    def run(entered: Event) -> str:
        with turns.turn():
            entered.set()
            assert leave.wait(30)
        return "ran"

    def wait() -> str:
        with turns.turn():
            waited.set()
        return "ran"

    with ThreadPoolExecutor(max_workers=3) as pool:
        running = [pool.submit(run, entered) for entered in inside]
        assert all(entered.wait(30) for entered in inside)
        waiting = pool.submit(wait)
        while turns._places:
            assert not waiting.done()
        with pytest.raises(BusyError), turns.turn():
            pytest.fail("let in")
        assert not waited.is_set()
        leave.set()
        assert [future.result() for future in [*running, waiting]] == ["ran", "ran", "ran"]
    # Everything is free again.
    with turns.turn(), turns.turn():
        pass


def test_whoever_waits_too_long_is_turned_away_and_takes_no_place() -> None:
    turns = HeavyTurns(running=1, waiting=1, seconds=0.01)
    for _ in range(2):
        with turns.turn(), pytest.raises(BusyError), turns.turn():
            pytest.fail("let in")


def test_an_error_inside_gives_the_turn_back() -> None:
    turns = HeavyTurns(running=1, waiting=1, seconds=0.01)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), turns.turn():
            raise ZeroDivisionError

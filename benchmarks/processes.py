"""What other processes of this machine have used, as Linux counts it."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


def cpu_seconds(pid: int) -> float:
    """CPU seconds that a process has used, all its threads and the system's work for it counted, to the microsecond.

    Raises OSError when there is no such process. /proc/PID/stat says the same in steps of ten milliseconds.
    """
    # The clock id that clock_getcpuclockid(3) makes: the process in the upper bits, then "scheduler time, all threads".
    return time.clock_gettime((~pid << 3) | 2)


def cpu_seconds_of(pids: Iterable[int]) -> float:
    """The sum over several processes."""
    return sum(cpu_seconds(pid) for pid in pids)


@dataclass(frozen=True)
class Memory:
    """Bytes of a process: all that it has in memory, and its share where several processes have the same."""

    resident: int
    proportional: int


def memory(pid: int) -> Memory:
    """What /proc says that the process holds now."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    sizes = {name: int(value.split()[0]) * 1024 for name, value in (line.split(":") for line in lines)}
    return Memory(resident=sizes["Rss"], proportional=sizes["Pss"])


def children(pid: int) -> list[int]:
    """The processes that a process started and that still run."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(each) for each in found.split()]

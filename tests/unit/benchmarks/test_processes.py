"""What other processes have used, read from Linux."""

import mmap
import os
import subprocess
import sys
import threading
import time

import pytest

from benchmarks.processes import children, cpu_seconds, cpu_seconds_of, memory


def spend(seconds: float) -> None:
    start = time.thread_time()
    while time.thread_time() - start < seconds:
        pass


def test_cpu_of_a_process_is_that_of_all_its_threads() -> None:
    before = time.process_time()
    threads = [threading.Thread(target=spend, args=[0.02]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    read = cpu_seconds(os.getpid())
    assert before + 0.04 <= read <= time.process_time()


def test_cpu_of_another_process_counts_what_it_did() -> None:
    program = "import time, sys\nwhile time.process_time() < 0.2: pass\nprint(time.process_time(), flush=True)\ninput()"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        told = float(process.stdout.readline())
        assert told <= cpu_seconds(process.pid)
        assert process.pid in children(os.getpid())
        before = cpu_seconds_of([process.pid, os.getpid()])
        assert before >= told
        process.stdin.close()
    with pytest.raises(OSError, match="Invalid argument"):
        cpu_seconds(process.pid)


def test_memory_grows_with_what_is_held() -> None:
    size = 32 * 1024 * 1024
    before = memory(os.getpid())
    # Pages of their own: a bytearray may be given memory that other tests have freed and the process still holds.
    with mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as held:
        for start in range(0, size, mmap.PAGESIZE):
            held[start] = 1
        after = memory(os.getpid())
    assert after.resident - before.resident >= size * 9 // 10
    assert after.proportional - before.proportional >= size * 9 // 10
    assert after.proportional <= after.resident

"""Which peer this process is."""

import os

PEER = os.environ["BENCH_PEER"]

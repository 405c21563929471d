"""``python -m benchmarks.desk.fill 10000``: migrate and fill the database of these settings."""

import sys

import django

if __name__ == "__main__":
    django.setup()
    from benchmarks.desk.dataset import desk_make

    desk_make(int(sys.argv[1]))

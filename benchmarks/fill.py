"""``python -m benchmarks.fill 5000``: migrate and fill the database of these settings."""

import sys

import django

if __name__ == "__main__":
    django.setup()
    from benchmarks.dataset import dataset_make

    dataset_make(int(sys.argv[1]))

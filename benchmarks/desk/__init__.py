"""``python -m benchmarks.desk``: what the translators' desk costs with ten thousand translations on it."""

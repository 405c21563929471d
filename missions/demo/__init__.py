"""Content files of the demonstration: missions, organisations and people (``regions.demo.records``)."""

"""Content files of the demonstration: events, agreements and their documents (``regions.demo.records``)."""

"""Content files of the demonstration: travel advice (``regions.demo.records``)."""

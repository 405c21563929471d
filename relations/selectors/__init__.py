"""Reads of the bilateral record and the register of agreements."""

"""Formats: for each, how it is recognised and which of its fields is which."""

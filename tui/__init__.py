"""Sheaf, the paper reader for the terminal. Nothing is imported here, for speed."""

__version__ = "0.1.0"

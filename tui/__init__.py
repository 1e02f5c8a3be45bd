"""Sheaf, the paper reader for the terminal. Nothing is imported here: `sheaf --help` must be quick."""

__version__ = "0.1.0"

"""Sheaf, the paper reader for the terminal. Nothing is imported here, for speed.

`.github/CONTRIBUTING.md` has the map of the packages; the docstring of each package has a map of
its modules.
"""

__version__ = "0.1.0"

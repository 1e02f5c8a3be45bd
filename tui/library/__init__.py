"""The library: the one place where catalog, state, index and search meet."""

"""papers.db: the papers as sources gave them, in SQLite."""

"""The catalog: the papers as sources gave them, merged, in the SQLite file papers.db.

`Catalog.add` takes papers from sources in transactions; in each, a Batch finds the papers that are
there by identifier or title and merges. Everything else reads. `Catalog.__init__` raises
DamagedCatalog for a damaged file; the reader then does not start, and says how to repair it.

    catalog.py     Catalog: the file, reading and adding; refuses a damaged file when it is opened
    batch.py       Batch, AddResult: one transaction
    record.py      StoredPaper: a row as a paper; what is shown of a damaged one
    damage.py      what is damaged in the file, and its repair, for `sheaf doctor`
    duplicates.py  pairs of papers that may be one under two titles
"""

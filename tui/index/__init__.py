"""The index: the papers of the catalog as numpy arrays, so that a query is an array expression.

| file          | what                                                                           |
|---------------|--------------------------------------------------------------------------------|
| index.py      | `Index`: open, update, and the snapshot that searches read                     |
| snapshot.py   | the segments of one moment as one array of docs; which of them still count     |
| segment.py    | some papers as arrays that never change                                        |
| build.py      | papers to the arrays of a segment                                              |
| vocabulary.py | sorted words: exact, by their beginning, by a part inside                      |
| spelling.py   | near words: letters as bits, then rapidfuzz                                    |
| postings.py   | CSR postings of one field, and its text as word ids                            |
| facets.py     | values a paper has whole: categories, venue, identifiers, sources              |
| columns.py    | one number a paper: row, dates, votes; the titles                              |
| weights.py    | TF-IDF                                                                         |
| strings.py    | many strings as one blob                                                       |

Nothing here knows screens, state or the query language.
"""

from tui.index.index import Index

__all__ = ["Index"]

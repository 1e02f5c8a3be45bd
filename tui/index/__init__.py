"""The index: the papers of the catalog as numpy arrays, so that a query is an array expression.

| file          | what                                                                           |
|---------------|--------------------------------------------------------------------------------|
| index.py      | `Index`: open, update, and the snapshot that searches read                     |
| store.py      | the folder: who writes, what is published, which segments are merged           |
| manifest.py   | which files make up the index, of which catalog                                |
| files.py      | a segment as one file: mapped, checksummed                                     |
| merge.py      | several segments to one, without what no longer counts                         |
| snapshot.py   | the segments of one moment as one array of docs; which of them still count     |
| segment.py    | some papers as arrays that never change                                        |
| build.py      | papers to the arrays of a segment                                              |
| vocabulary.py | sorted words: exact, by their beginning, by a part inside                      |
| spelling.py   | near words: letters as bits, then rapidfuzz                                    |
| postings.py   | CSR postings of one field, and its text as word ids                            |
| facets.py     | values papers share whole: categories, venue, sources                          |
| names.py      | identifiers                                                                    |
| columns.py    | one number a paper: row, dates, votes; the titles                              |
| weights.py    | TF-IDF                                                                         |
| strings.py    | many strings as one blob                                                       |
| tokens.py     | texts to word numbers, millions of words at a time                             |

On disk it can be lost at any time: whatever is missing, damaged, of another version or of another
catalog is made again from `papers.db` by `Index.update`. New papers become a small segment; of
segments with the same row the newest counts; when there are many they are merged.

Nothing here knows screens, state or the query language.
"""

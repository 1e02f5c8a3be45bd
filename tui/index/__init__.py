"""The index: the papers of the catalog as numpy arrays, so that a query is an array expression.

The papers lie in segments, each one memory-mapped file that never changes. `Index.update` writes
new and changed papers of `papers.db` as another small segment; in an older segment they no longer
count. When there are many segments, they are merged. A snapshot is the segments of one moment laid
end to end; the place of a paper in it is called a doc, as against its row in the catalog. Searches
read one snapshot throughout, while the index may already have a newer one.

Everything in the index can be rebuilt from `papers.db`: a file that is missing, damaged, of another
version or of another catalog is written again. Nothing here knows screens, marks or the query
language.

| file               | contents                                                                   |
|--------------------|----------------------------------------------------------------------------|
| index.py           | `Index`: opens and updates the index, and has the current snapshot         |
| folder.py          | `IndexFolder`: the files, the manifest, the lock, which segments to merge  |
| snapshot.py        | `Snapshot`: the segments of one moment as one array of docs                |
| segment.py         | `Segment`: some papers as arrays                                           |
| segment_builder.py | papers to the arrays of a segment                                          |
| segment_merge.py   | several segments to one, without the docs that no longer count             |
| segment_file.py    | the file of a segment: mapped, with checksums                              |
| columns.py         | one number or string for each paper: dates, votes, titles                  |
| facets.py          | values that are searched whole: categories, venues, sources, identifiers   |
| listings.py        | the days and feeds that listed papers, and the places there                |
| postings.py        | which docs have which words (CSR), and the texts as word ids               |
| vocabulary.py      | the sorted words: looked up whole, by a prefix, by a part inside           |
| compounds.py       | words joined by a hyphen: `pretraining` finds `pre-training`               |
| spelling.py        | typos: the words near a misspelled one                                     |
| tfidf.py           | how much a word tells about a paper (TF-IDF)                               |
| tokenizer.py       | texts to word numbers, millions of words at a time                         |
| strings.py         | many strings in one array of bytes                                         |
"""

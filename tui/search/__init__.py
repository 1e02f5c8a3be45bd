"""Search: a query over the index and the user's marks gives catalog rows in order.

What happens after a keystroke: `parse` turns the text into conditions. Each word becomes an array
of levels, one byte for each doc, that says how well the doc matches (0: not at all); it is kept for
the next keystroke. Every other condition becomes a mask, one bool for each doc. AND is `&` and NOT
is `~`. The docs that match are scored by the levels of all words, the best are ranked more closely
by their titles, and the rest follows newest first.

Nothing here knows screens. To import a module of `query`, or `session.py`, does not import numpy.

| file             | contents                                                                      |
|------------------|-------------------------------------------------------------------------------|
| query/           | the query language: text to conditions                                        |
| session.py       | `SearchSession`: the searches behind a list; the newest request wins          |
| search.py        | `Search` and its result, `Hits`; the words to highlight                       |
| evaluator.py     | conditions to masks and levels                                                |
| word_match.py    | which words of the index a typed word matches, and which docs have them       |
| phrase_match.py  | which docs have words next to each other                                      |
| levels.py        | how much a match counts, by its kind and field                                |
| ranking.py       | the order of the docs found                                                   |
| title_ranking.py | a closer look at the titles of the best docs                                  |
| listing_match.py | listings of days and feeds: their papers, their order                         |
| muting.py        | papers that no list shows because a view of the user's mutes them             |
| similarity.py    | similar papers, and papers to the user's taste (TF-IDF)                       |
| clusters.py      | groups of papers on one subject                                               |
| title_terms.py   | words of titles that can name a group                                         |
| mark_texts.py    | what search asks of the marks; tags and notes as a small segment              |
| cache.py         | the last results, shared by searches in several threads                       |
| highlight.py     | where the words to highlight are in a text as shown                           |
"""

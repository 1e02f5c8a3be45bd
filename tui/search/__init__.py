"""Search: a query over the index and the marks, to rows in order. Knows nothing of screens.

| file        | what                                                                             |
|-------------|----------------------------------------------------------------------------------|
| search.py   | `Search` (run, similar) and `Hits`                                               |
| marks.py    | `MarkRows`, what search asks of the marks; their texts as a small segment        |
| match.py    | one typed word: which words of the vocabularies it stands for, which docs match  |
| phrase.py   | words next to each other                                                         |
| evaluate.py | a tree of conditions: masks, and what the words score                            |
| levels.py   | how much each kind of match counts in each field                                 |
| cache.py    | the last results of several searches, for any number of threads                  |
| rank.py     | the order: relevance, newest, by a column                                        |
| titles.py   | a closer look at the titles of the best                                          |
| similar.py  | TF-IDF cosine, for one paper and for a person's taste                            |
| highlight.py| where the words of a query are in a text as shown                                |
| session.py  | `SearchSession`: the searches behind a list; the newest request wins             |

A keystroke: `parse(text)` gives conditions; each word becomes a byte a doc (kept for the next
keystroke), every other condition a bool a doc; AND is `&`, NOT is `~`. What holds is scored, the
best are looked at closely, the rest follow newest first.
"""

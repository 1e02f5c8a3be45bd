"""The query language: the text of the filter to a small tree of conditions. Never an error.

`parse` splits the text into terms, makes a condition of each, and says in `Query.problems` what it
could not read and searches as plain words instead. Nothing here knows the index: `tui.search` gives
the conditions their meaning. The manual of the language is `tui/docs/query.md`.

| file          | contents                                                                  |
|---------------|---------------------------------------------------------------------------|
| tree.py       | the conditions, and `Query`, which holds a tree of them                   |
| parse.py      | the text to a `Query`                                                     |
| filters.py    | `name:value` to a condition                                               |
| day_ranges.py | `2024`, `2024-02..2025`, `>=2024`, `7d`, `today` to a range of days       |
| describe.py   | a query in words: "3 words · unread · since 2024"                         |
"""

from tui.search.query.parse import parse
from tui.search.query.tree import Query

__all__ = ["Query", "parse"]

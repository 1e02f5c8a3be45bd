"""The query language: the text of the filter to a small tree of conditions. Never an error.

| file        | what                                                                            |
|-------------|---------------------------------------------------------------------------------|
| tree.py     | the conditions (Word, Phrase, Between, …) and `Query`, which holds a tree of them |
| parse.py    | text to tree; what does not parse becomes words, with the reason in `problems`  |
| filters.py  | `name:value` to a condition                                                     |
| dates.py    | `2024`, `2024-02..2025`, `>=2024`, `7d`, `today` to a range of days              |
| describe.py | a tree in words for people: "3 words · unread · since 2024"                     |

Nothing here knows the index; `tui.search` gives the conditions their meaning.
"""

from tui.search.query.parse import parse
from tui.search.query.tree import Query

__all__ = ["Query", "parse"]

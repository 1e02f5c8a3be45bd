"""Hypothesis strategies: papers and queries of few words, many near, inside or before others."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.authors import authors
from tui.core.listing import Listing, merge_listings
from tui.core.paper import Paper

POOL = (
    *("attention", "atention", "attentions", "tension", "former", "formers", "longformer"),
    *("transformer", "transform", "trasnformer", "state", "states", "estate", "static", "deep"),
    *("sleep", "graph", "graphs", "grpah", "telegraph", "model", "modal", "a", "an", "x1", "gpt4"),
    *("Kekulé", "kekule", "ﬁne", "日本語", "語論", "état-space", "naïve", r"Poincar\'e", "ÆTHER"),
    *("pretrain", "pre-train", "a-state", "α", "alpha", r"$\varepsilon$", "C++", "2020", "20"),
    *("TNF-α", "tnfalpha"),
)
NAMES = ("Ann Kim", "Kim, Bo", "José García", "Li Ann")
CATEGORIES = ("cs.CL", "cs.LG", "stat.ML", "math")
VENUES = ("", "ACL", "Proc. of ACL 2024", "ICML")
DATES = ("", "2019", "2020-05", "2020-05-17", "2024-12-31")

text = st.lists(st.sampled_from(POOL), max_size=6).map(" ".join)

listings = st.builds(
    Listing,
    st.sampled_from(("2019-01-01", "2020-05-17", "2024-12-31")),
    st.sampled_from(("hf:daily", "arxiv:cs.CL")),
    st.integers(0, 3),
    st.sampled_from(("", "AK", "Ann Kim")),
    st.just(0),
    st.just(0),
)


@st.composite
def papers(draw: st.DrawFn, number: int) -> Paper:
    """Return paper `number`, which has an arXiv id of that number."""
    return Paper(
        f"{draw(text)} t{number}",
        authors(*(draw(st.lists(st.sampled_from(NAMES), max_size=2)))),
        draw(text),
        published=draw(st.sampled_from(DATES)),
        listings=merge_listings((), draw(st.lists(listings, max_size=3))),
        venue=draw(st.sampled_from(VENUES)),
        categories=tuple(draw(st.lists(st.sampled_from(CATEGORIES), max_size=2, unique=True))),
        ids={"arxiv": f"2401.{number:05}"},
        links={"code": "https://x"} if draw(st.booleans()) else {},
        votes=draw(st.integers(0, 4)),
        counts={"citations": draw(st.integers(0, 4))} if draw(st.booleans()) else {},
        sources=tuple(draw(st.lists(st.sampled_from(("hf:daily", "refs.bib")), max_size=1))),
    )


@st.composite
def typed(draw: st.DrawFn) -> str:
    """Return a word as somebody types it: whole, only its beginning, or with typos."""
    word = draw(st.sampled_from(POOL))
    word = word[: draw(st.integers(1, len(word)))] if draw(st.booleans()) else word
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(word)))
        typo = draw(st.sampled_from(("drop", "put", "swap")))
        if typo == "drop":
            word = word[:at] + word[at + 1 :]
        elif typo == "put":
            word = word[:at] + draw(st.sampled_from("aetxé")) + word[at:]
        else:
            word = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    return word


_value = st.one_of(
    typed(), st.lists(typed(), min_size=1, max_size=3).map(lambda w: f'"{" ".join(w)}"')
)
_filters = st.sampled_from(
    (
        *("year:2020", "year:2019..2020", "year:>2020", "date:2020-05", "date:>=2020-05-17"),
        *(
            "added:today",
            "added:..2020",
            "listed:2020-05",
            "listed:2020-05-17",
            "feed:daily",
            "feed:arxiv:cs.cl",
            "by:ann",
            "by:ak",
            "is:read",
            "is:unread",
            "is:starred",
            "is:new",
        ),
        *("has:note", "has:tag", "has:rating", "has:pdf", "has:code", "has:abstract"),
        *("rating:>=3", "rating:0", "rating:<3", "rating:2..4", "tag:to", 'tag:"to read"'),
        *("votes:>=2", "votes:0", "votes:<3", "citations:>1", "citations:0..2"),
        *("cat:cs", "cat:cs.cl|stat", "venue:acl", "venue:proc", "source:hf", "source:bib"),
        *("id:2401.0000", "id:arxiv:2401.00001", "id:https://arxiv.org/abs/2401.00002"),
    )
)
_atom = st.one_of(
    _value,
    st.tuples(st.sampled_from(("title", "author", "abstract", "note")), _value).map(":".join),
    _filters,
)
_group = st.tuples(_atom, st.sampled_from((" ", " OR ", " NOT ", " AND ", "|")), _atom).map(
    lambda parts: f"({''.join(parts)})"
)
_term = st.tuples(
    st.sampled_from(("", "", "", "-")),
    st.lists(_atom | _group, min_size=1, max_size=2).map("|".join),
).map("".join)
queries = st.tuples(
    st.lists(_term, min_size=1, max_size=3).map(" ".join)
    | st.lists(_term, min_size=2, max_size=2).map(" OR ".join),
    st.sampled_from(("", " ")),
).map("".join)

"""The four formats: a reviewed day of 82 papers, and papers with hostile text.

`SHEAF_WRITE_FRAMES=1 pytest tests/digest/test_formats.py` writes them anew; look at the diff.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.authors import authors
from tests.digest.conftest import NOW, add_hours_ago, digest, follow, sample_day
from tests.html_page import ParsedPage
from tui.config import Config
from tui.config.mail_section import MailSettings
from tui.core.paper import Paper
from tui.digest.entries import Digest, first_authors, make_entry, web_links
from tui.digest.html_mail import format_html
from tui.digest.markdown_text import escape_markdown, format_markdown
from tui.digest.plain_text import format_text, wrap_text
from tui.library.library import Library
from tui.library.views import save_view_change
from tui.shell.digest import format_digest

GOLDEN = Path(__file__).parent / "golden"
NAMES = {"text": "txt", "markdown": "md", "html": "html", "eml": "eml"}
MAIL = MailSettings(
    ("Ada Lövlace <ada@example.org>",), "Sheaf <sheaf@example.org>", "smtp.example.org"
)

EVIL = Paper(
    "A <script>alert(1)</script> [click](javascript:x) *title*\r\nBcc: eve@example.org\n\n# Two",
    authors("<b>Eve</b>\nX-Evil: 1", "Han, Song", "`code`", "D", "E"),
    '<img src="https://evil.example/pixel.gif"> ![x](https://evil.example/x.png). Two & two. No.',
    "2026-05-07",
    links={
        "abs": "javascript:alert(1)",
        "pdf": 'https://ok.example/a"><script>alert(1)</script>)<b>',
        "code": "https://good.example@evil.example/",
    },
    sources=("<feed>", 'x" onload="'),
)


def digest_of(*papers: Paper, why: tuple[str, ...] = ("<i>why</i> \x1b[31m [a](b)",)) -> Digest:
    entries = tuple(make_entry(each, why) for each in papers)
    return Digest(NOW, "2026-05-06", entries, len(entries), 1, "sheaf '<x> added:2026-05-06..'")


@pytest.fixture
def day(library: Library) -> Digest:
    """The digest of the sample library from two feeds, with some starred papers."""
    follow(library, "hf:daily", "arxiv:cs.CL")
    add_hours_ago(library, sample_day())
    library.store.apply(save_view_change("Long context", "title:long"))
    keys = {stored.paper.title: stored.key for stored in library.catalog.iterate()}
    liked = [key for title, key in keys.items() if title.startswith(("Mamba-360", "DRAGIN"))]
    library.change_marks("star", {key: {"star": True} for key in liked})
    made = digest(library)
    assert made
    assert len(liked) == 2
    return made


@pytest.mark.parametrize("name", NAMES)
def test_each_format_matches_the_reviewed_file(day: Digest, name: str) -> None:
    path = GOLDEN / f"day.{NAMES[name]}"
    made = format_digest(day, name, Config(mail=MAIL))
    if os.environ.get("SHEAF_WRITE_FRAMES"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8")
    reviewed = path.read_text(encoding="utf-8")
    if name == "eml":  # how a header is folded and encoded is not the same in every Python
        assert headers_and_texts(made) == headers_and_texts(reviewed)
    else:
        assert made == reviewed


def headers_and_texts(mail: str) -> list[object]:
    """Return the headers of a mail and the texts of its parts."""
    read = message_from_string(mail, policy=policy.default)
    assert isinstance(read, EmailMessage)
    found: list[object] = [*read.items()]
    for part in read.iter_parts():
        found += [*part.items(), part.get_content()]
    return found


def test_the_mail_is_the_text_and_the_page(day: Digest) -> None:
    read = message_from_string(format_digest(day, "eml", Config(mail=MAIL)), policy=policy.default)
    assert isinstance(read, EmailMessage)
    plain, page = read.iter_parts()
    assert plain.get_content() == format_text(day)
    assert page.get_content() == format_html(day)
    assert plain.get_content_type() == "text/plain"
    assert page.get_content_type() == "text/html"


def test_no_line_of_text_is_wider_than_72_cells() -> None:
    wide = "日本語の論文を読む" * 20
    papers = [
        Paper(wide, authors(wide), wide, links={"abs": "https://a.example/" + "x" * 90}),
        Paper("x" * 5000, authors("y" * 200), "z" * 5000),
        Paper("A " * 200, authors(*(f"Name {n}" for n in range(300))), "word " * 500),
    ]
    for many in (1, 40):
        lines = format_text(digest_of(*papers * many, why=(wide, "w" * 100))).splitlines()
        assert max(cell_len(line) for line in lines if "https:" not in line) == 72


def test_no_line_of_markdown_but_titles_and_links_is_wider_than_72_cells(day: Digest) -> None:
    for line in format_markdown(day).splitlines():
        assert len(line) <= 72 or line.startswith(("## ", "["))


ELEMENTS = {"html", "head", "meta", "title", "style", "body", "table", "tr", "td"}
ELEMENTS |= {"h1", "h2", "p", "a", "code", "br"}


def parse_page(page: str) -> ParsedPage:
    """Parse a page; it must be balanced, load no files and link only to the web."""
    found = ParsedPage(page)
    assert set(found.tags) <= ELEMENTS
    for link in found.links:
        assert re.match(r"https?://[a-z0-9.-]+(:\d+)?(/|$)", link), link
    assert not re.search(r"url\(|@import|<link|expression\(", page)
    return found


def test_the_page_loads_nothing_and_its_links_work(day: Digest) -> None:
    links = parse_page(format_html(day)).links
    assert len(links) >= 3 * len(day.entries) - 2
    assert all(value.isascii() for value in links)
    assert "prefers-color-scheme:dark" in format_html(day)


def test_hostile_papers_are_text_in_the_page() -> None:
    page = format_html(digest_of(EVIL, EVIL._replace(title="</style></title><svg/onload=x>")))
    found = parse_page(page)
    assert "script" not in found.tags
    assert "A &lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "evil.example/pixel" in page
    assert set(found.links) == {
        "https://ok.example/a%22%3E%3Cscript%3Ealert(1)%3C/script%3E)%3Cb%3E"
    }


def test_hostile_papers_are_text_in_markdown() -> None:
    made = format_markdown(digest_of(EVIL))
    (title,) = [line for line in made.splitlines() if line.startswith("## ")]
    assert title == (
        r"## 1. A \<script\>alert(1)\</script\> \[click\](javascript:x) \*title\* "
        r"Bcc: eve@example.org \# Two"
    )
    assert r"!\[x\](https:" in made
    assert r"\<b\>Eve\</b\> X-Evil: 1" in made
    for line in made.splitlines():
        assert not re.match(r"\s*(Bcc|# Two|X-Evil)", line)


@pytest.mark.parametrize("start", ["-", "+", "1.", "2024)", "---", "==="])
def test_a_wrapped_line_never_begins_a_list_or_heading(start: str) -> None:
    made = format_markdown(
        digest_of(Paper("T", abstract=f"{'x' * 71} {start} {'y' * 60} {start} more."))
    )
    for line in made.splitlines():
        assert not line.startswith(f"{start} ")


def test_escaped_text_reads_as_it_was_written() -> None:
    given = r"\ ` * _ [x] <b> # | ~ $1 & &amp; ![i](u)"
    assert re.sub(r"\\(.)", r"\1", escape_markdown(given)) == given


def test_nothing_raw_reaches_a_terminal() -> None:
    hostile = "\x1b]0;x\x07 \u202eevil \u200b\x9b31m"
    paper = Paper(hostile, authors(hostile), hostile, hostile, venue=hostile, sources=(hostile,))
    for made in (
        format_text(digest_of(paper, why=(hostile,))),
        format_markdown(digest_of(paper)),
        format_html(digest_of(paper)),
    ):
        assert made.replace("\n", "").isprintable()


def test_links_are_few_and_named() -> None:
    given = {"code": "https://c.example/", "abs": "https://a.example/", "mirror": "https://m.x/"}
    assert [name for name, _ in web_links(given)] == ["abs", "code"]
    assert [name for name, _ in web_links(given | {"pdf": given["abs"]})] == ["abs", "code"]


def test_three_authors_are_named_and_the_others_counted() -> None:
    assert first_authors(Paper("T")) == ""
    assert first_authors(Paper("T", authors("Ada L", "Han, Song"))) == "Ada L, Song Han"
    assert first_authors(Paper("T", authors("A", "B", "C", "D"))) == "A, B, C, D"
    assert (
        first_authors(Paper("T", authors("A", "B", "C", "D", "E")))
        == "A, B, C and\N{NO-BREAK SPACE}2\N{NO-BREAK SPACE}more"
    )


def test_a_paper_with_nothing_but_a_title_has_no_empty_lines() -> None:
    lines = format_text(digest_of(Paper("Alone"), why=())).split("\n")
    at = lines.index(" 1  Alone")
    assert lines[at + 1 : at + 3] == ["", "─" * 72]
    assert "\n\n\n" not in format_markdown(digest_of(Paper("Alone"), why=()))


def test_lines_are_wrapped_at_words() -> None:
    assert wrap_text("a bb ccc", 4) == ["a bb", "ccc"]
    assert wrap_text("日本語", 4) == ["日本", "語"]
    assert wrap_text("x aaaaaa y", 4) == ["x", "aaaa", "aa y"]
    assert wrap_text("x aaaaaa y", 4, split_words=False) == ["x", "aaaaaa", "y"]
    assert wrap_text("", 4) == []
    assert wrap_text("a 38\N{NO-BREAK SPACE}votes", 8) == ["a", "38 votes"]


def test_one_paper_is_singular() -> None:
    made = Digest(datetime(2026, 5, 7, tzinfo=UTC), "2026-05-06", (), 1, 1, "sheaf")
    assert made.headline == "1 new paper since 2026-05-06"
    assert made.counts == "0 of 1 new paper, 1 feed"

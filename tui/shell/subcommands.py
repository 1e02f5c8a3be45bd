"""The table of subcommands: names, arguments and the functions that run them."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any, NamedTuple


class Argument(NamedTuple):
    """An argument as `add_argument` takes it."""

    names: tuple[str, ...]
    options: Mapping[str, Any]


def argument(*names: str, **options: Any) -> Argument:
    """Return an argument, written as `ArgumentParser.add_argument` takes it."""
    return Argument(names, options)


class Subcommand(NamedTuple):
    """A subcommand: its name, its arguments and the function that runs it."""

    name: str
    help: str
    function: str
    """`MODULE.FUNCTION` in this package; it takes a CommandLine and returns the exit status."""
    arguments: tuple[Argument, ...] = ()
    takes_query: bool = False
    """Whether its other words are a query, where `-word` excludes a word."""
    parts: tuple[Subcommand, ...] = ()
    """Its own subcommands; if the user names none, `function` runs."""
    epilog: str = ""


def paper_count(text: str) -> int:
    """Parse a number of papers, for `type=` of an argument."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("a number of papers is 0 or more")
    return number


def sort_order(text: str) -> str:
    """Parse the name of an order, for `type=` of an argument."""
    from tui.search.query.tree import SORTS

    if text and text not in SORTS:
        raise argparse.ArgumentTypeError(f"{text!r} is not one of {', '.join(SORTS)}")
    return text


_JSON_OBJECT = argument("--json", action="store_true", help="print one JSON object")
_JSON_LINES = argument("--json", action="store_true", help="print JSON lines, one object each")
_FORCE = argument("--force", action="store_true", help="replace a file that exists")
_LIMIT = argument("--limit", type=paper_count, metavar="N", help="at most N papers")
_SORT = argument("--sort", default="", type=sort_order, metavar="ORDER", help="another order")
_OUT = argument("file", nargs="?", default="-", metavar="FILE", help="- for standard output")
_IN = argument("file", metavar="FILE", help="- for standard input")
_FEEDS = argument("name", nargs="+", metavar="NAME", help="as `sheaf feeds` lists it")
_KEYS = argument("key", nargs="+", metavar="KEY", help="a key, arXiv id, DOI or URL")

SUBCOMMANDS = (
    Subcommand(
        "add",
        "add papers from files, folders, ids, URLs, or - for standard input",
        "add.run",
        (
            argument(
                "what",
                nargs="+",
                metavar="WHAT",
                help="a file, a folder or -; an arXiv id, DOI, PMID, ACL id or URL is looked up",
            ),
            argument("--offline", action="store_true", help="look nothing up, only read files"),
            argument("--format", default="", metavar="F", help="the format of the files"),
            _JSON_OBJECT,
        ),
    ),
    Subcommand(
        "fetch",
        "fetch new papers from the feeds you follow, or from those named",
        "fetch.run",
        (
            argument("feed", nargs="*", metavar="FEED", help="as `sheaf feeds` lists it"),
            argument("--day", default="", metavar="DATE", help="fetch that past day of hf:daily"),
            _JSON_OBJECT,
            argument(
                "--timer", action="store_true", help="print a line for cron and files for systemd"
            ),
        ),
    ),
    Subcommand(
        "feeds",
        "list the feeds you follow, with last fetch, counts and errors, or change them",
        "feeds.show",
        (_JSON_LINES,),
        parts=(
            Subcommand(
                "list",
                "list the feeds",
                "feeds.show",
                (
                    argument(
                        "--json",
                        action="store_true",
                        default=argparse.SUPPRESS,
                        help="print JSON lines, one object each",
                    ),
                ),
            ),
            Subcommand(
                "add",
                "follow hf:daily, arxiv:cs.CL, the URL of a feed …",
                "feeds.add",
                (
                    argument("name", nargs="+", metavar="NAME"),
                    argument("--title", default="", metavar="TEXT", help="a title for the feed"),
                ),
                epilog="NAME is hf:daily, hf:trending, arxiv:CATEGORY, arxiv:QUERY (cat:cs.LG AND "
                "abs:mamba), s2:author/NUMBER, openalex:ID or openalex:FILTER, acl:YEAR, "
                "acl:VOLUME, pubmed:QUERY, biorxiv:CATEGORY, medrxiv:CATEGORY, crossref:ISSN, "
                "dblp:author/PID, dblp:venue/conf/NAME, oai:URL#SET, the URL of RSS, Atom, a JSON "
                "feed, BibTeX or another file that `sheaf add` reads, or an OPML file.",
            ),
            Subcommand(
                "remove", "stop following feeds; their papers stay", "feeds.remove", (_FEEDS,)
            ),
            Subcommand("pause", "leave feeds out of fetches", "feeds.pause", (_FEEDS,)),
            Subcommand("resume", "fetch paused feeds again", "feeds.resume", (_FEEDS,)),
            Subcommand("export", "write the feeds as OPML", "feeds.export", (_OUT, _FORCE)),
            Subcommand("import", "follow each feed of an OPML file", "feeds.load", (_IN,)),
        ),
    ),
    Subcommand(
        "list",
        "print papers, one on a line, newest or best first",
        "listing.list_papers",
        (_LIMIT, _SORT, _JSON_LINES),
        takes_query=True,
    ),
    Subcommand(
        "show",
        "print one paper",
        "listing.show_paper",
        (argument("key", metavar="KEY", help="its key, arXiv id, DOI or URL"), _JSON_OBJECT),
    ),
    Subcommand(
        "mark",
        "mark papers: read, star, tags, rating, note",
        "mark.run",
        (
            _KEYS,
            argument("--read", action="store_const", const=True, help="mark read"),
            argument(
                "--unread", action="store_const", const=False, dest="read", help="mark unread"
            ),
            argument("--star", action="store_const", const=True, help="add a star"),
            argument(
                "--unstar", action="store_const", const=False, dest="star", help="remove the star"
            ),
            argument("--tag", action="append", default=[], metavar="T", help="add a tag"),
            argument("--untag", action="append", default=[], metavar="T", help="remove a tag"),
            argument(
                "--rate", type=int, choices=range(6), metavar="0-5", help="0 removes the rating"
            ),
            argument("--note", metavar="TEXT", help="the note; - reads it from standard input"),
        ),
    ),
    Subcommand(
        "export",
        "write papers as BibTeX, RIS, CSL-JSON, CSV, Markdown, HTML or notes",
        "export.run",
        (
            argument(
                "--format",
                default="",
                metavar="F",
                help="one of bibtex, biblatex, ris, csl, csv, jsonl, markdown, notes, html",
            ),
            argument(
                "-o", "--output", default="", metavar="FILE", help="the file; a folder for notes"
            ),
            _FORCE,
            argument("--notes", action="store_true", help="with your private notes"),
            _SORT,
            _LIMIT,
        ),
        takes_query=True,
    ),
    Subcommand(
        "digest",
        "print, write or mail a digest of the new papers, the best for you first",
        "digest.run",
        (
            argument(
                "--since",
                metavar="DAY",
                help="yesterday, 2026-05-07 or 7d; by default, since the last digest",
            ),
            argument("--limit", type=paper_count, default=20, metavar="N", help="at most N papers"),
            argument(
                "--format", choices=("text", "html", "markdown", "eml"), help="text by default"
            ),
            argument(
                "-o",
                "--output",
                metavar="FILE",
                help="write it to FILE; the next digest begins where it ends",
            ),
            _FORCE,
            argument("--send", action="store_true", help="mail it, by [mail] of config.toml"),
            argument("--dry-run", action="store_true", help="print what --send would send"),
            argument("--timer", action="store_true", help="print files for a mail every morning"),
        ),
        takes_query=True,
    ),
    Subcommand(
        "state",
        "your marks and notes: export, import, forget, repair",
        "",
        parts=(
            Subcommand(
                "export", "write all of them as one JSON file", "state.export", (_OUT, _FORCE)
            ),
            Subcommand(
                "import", "merge an export; the later change of a field wins", "state.load", (_IN,)
            ),
            Subcommand(
                "forget",
                "remove all traces of the marks of papers, also from backups",
                "state.forget",
                (_KEYS,),
            ),
            Subcommand(
                "repair", "set a damaged state.json aside and write a new one", "state.repair"
            ),
        ),
    ),
    Subcommand(
        "config",
        "print where config.toml is, the settings in force, and its mistakes",
        "config.show",
        (_JSON_OBJECT,),
    ),
    Subcommand(
        "doctor",
        "print paths, versions, the health of the three stores, and what to do",
        "doctor.run",
        (
            argument(
                "--duplicates",
                action="store_true",
                help="list pairs of papers with nearly the same title, and those kept apart",
            ),
            argument(
                "--repair",
                action="store_true",
                help="rebuild a damaged papers.db from what can be read, and keep the damaged file",
            ),
            argument("--json", action="store_true", help="JSON lines, with --duplicates"),
        ),
    ),
    Subcommand(
        "paths",
        "print the paths of the home, its stores and config.toml",
        "info.show_paths",
        (_JSON_OBJECT,),
    ),
    Subcommand("keys", "print every key of the reader", "info.show_keys"),
    Subcommand(
        "help",
        "print the topics of the manual, or the text of one",
        "help.run",
        (argument("topic", nargs="?", default="", metavar="TOPIC", help="as `sheaf help` lists"),),
    ),
)

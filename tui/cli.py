"""The command line: arguments here, everything else imported when it is needed.

Exit status: 0 done, 1 something in the input was refused, 2 wrong use, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from tui import __version__
from tui.core import paths
from tui.core.errors import SheafError, UsageError

_SUBCOMMANDS = (
    "add",
    "fetch",
    "feeds",
    "list",
    "show",
    "mark",
    "export",
    "digest",
    "state",
    "config",
    "doctor",
    "paths",
    "keys",
    "help",
)
_FORMATS = "bibtex, biblatex, ris, csl, csv, jsonl, markdown, notes, html"
FRAMES = "240"
"""Frames a second, at most: what has changed waits for the next one. Textual's 60 would be most of
the time from a key to the painted list; where nothing changes none is drawn."""


def main(arguments: list[str] | None = None) -> int:
    """Run `sheaf` with these arguments (those of the process by default); the exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        status = _run(words)
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # `sheaf list | head`: the reader of our data has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("sheaf: interrupted", file=sys.stderr)
        return 130
    except SheafError as error:
        from tui.core.text import clean_line

        print(f"sheaf: {clean_line(str(error))}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1


def _run(words: list[str]) -> int:
    common, rest = _common_parser().parse_known_args(words)
    if common.no_color:
        os.environ["NO_COLOR"] = "1"
    home = paths.home_folder(common.home)
    config = paths.config_file(bool(common.home or os.environ.get("SHEAF_HOME")), home)
    if not rest or not (rest[0] in _SUBCOMMANDS or rest[0] in ("-h", "--help", "--version")):
        return _read(home, rest, config)
    # `-optics` is a word to leave out; argparse would take it for the file `ptics`
    left_out = [word for word in rest if word.startswith("-o") and len(word) > 2]
    options, extra = parser().parse_known_args([word for word in rest if word not in left_out])
    extra += left_out
    if extra and options.command not in ("list", "export", "digest"):
        raise UsageError(f"there is no {extra[0]} here; see sheaf {options.command} --help")
    match options.command:
        case "add":
            from tui.shell import add

            asked = None if options.offline else config
            return add.run(home, options.what, options.format, options.json, common.quiet, asked)
        case "fetch":
            return _fetch(home, options, config, common)
        case "feeds":
            return _feeds(home, options, config, common.quiet)
        case "list":
            from tui.shell import listing

            query = _query([*options.query, *extra], "sheaf list")
            return listing.list_papers(home, query, options.limit, options.sort, options.json)
        case "show":
            from tui.shell import listing

            return listing.show(home, options.key, options.json)
        case "export":
            return _export(home, config, options, extra, common.quiet)
        case "digest":
            from tui.shell import digest

            query = _query([*options.query, *extra], "sheaf digest")
            return digest.run(home, config, query, options, common.quiet)
        case "mark":
            from tui.shell import mark

            return mark.run(home, options.key, _fields(options), common.quiet)
        case "state":
            return _state(home, options, common.quiet)
        case "config":
            from tui.shell import config as shell_config
            from tui.ui.styles.themes import theme_names

            return shell_config.show(config, theme_names(), options.json)
        case "doctor":
            from tui.shell import doctor
            from tui.ui.styles.themes import theme_names

            if options.duplicates:
                return doctor.list_duplicates(home, options.json)
            return doctor.examine(home, config, theme_names())
        case "paths":
            from tui.shell import doctor

            return doctor.show_paths(home, config, options.json)
        case "help":
            from tui.shell import help as manual

            return manual.show_topic(options.topic) if options.topic else manual.show_topics()
        case "help":
            from tui.shell import help as manual

            return manual.show_topic(options.topic) if options.topic else manual.show_topics()
        case _:
            from tui.shell import doctor

            return doctor.show_keys(config)


def _export(
    home: Path, config: Path, options: argparse.Namespace, extra: list[str], quiet: bool
) -> int:
    from tui.shell import export

    return export.run(
        home,
        config,
        _query([*options.query, *extra], "sheaf export"),
        options.format,
        options.output,
        force=options.force,
        with_notes=options.notes,
        sort=options.sort,
        limit=options.limit,
        quiet=quiet,
    )


def _fetch(
    home: Path, options: argparse.Namespace, config: Path, common: argparse.Namespace
) -> int:
    if options.timer:
        from tui.shell import timer

        return timer.show(home, bool(common.home or os.environ.get("SHEAF_HOME")))
    from tui.config import load
    from tui.shell import fetch

    network = load(config).network
    return fetch.run(home, options.feed, network, options.day, options.json, common.quiet)


def _feeds(home: Path, options: argparse.Namespace, config: Path, quiet: bool) -> int:
    from tui.shell import feeds

    match options.what:
        case "add":
            from tui.config import load

            return feeds.add(home, options.name, options.title, load(config).network, quiet)
        case "remove":
            return feeds.remove(home, options.name, quiet)
        case "pause" | "resume":
            return feeds.pause(home, options.name, options.what == "pause", quiet)
        case "export":
            return feeds.export(home, options.file, options.force)
        case "import":
            return feeds.load(home, options.file, quiet)
        case _:
            return feeds.show(home, options.json)


def _state(home: Path, options: argparse.Namespace, quiet: bool) -> int:
    from tui.shell import state

    match options.what:
        case "export":
            return state.export(home, options.file, options.force)
        case "import":
            return state.load(home, options.file, quiet)
        case "forget":
            return state.forget(home, options.key, quiet)
        case _:
            return state.repair(home, quiet)


def _query(words: list[str], program: str) -> str:
    """The words of a query; `-word` looks like an option but is a word to leave out."""
    if words[:1] == ["--"]:
        return " ".join(words[1:])
    unknown = next((word for word in words if word.startswith("--")), None)
    if unknown:
        meant = _meant(words) if program == "sheaf" else ""
        raise UsageError(f"there is no {unknown} here; {meant or f'see {program} --help'}")
    return " ".join(words)


def _meant(words: list[str]) -> str:
    """The command that the first word may have been meant for, as a question."""
    from tui.core.text import closest_match

    near = closest_match(words[0], _SUBCOMMANDS) if words else None
    return f"did you mean sheaf {near}?" if near else ""


def _read(home: Path, words: list[str], config: Path) -> int:
    query = _query(words, "sheaf")
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        hint = _meant(words) or "`sheaf list` prints papers for scripts"
        raise UsageError(f"the reader needs a terminal; {hint}")
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    from tui.ui.app import run

    return run(home, query, config)


def _fields(options: argparse.Namespace) -> dict[str, Any]:
    """The fields `sheaf mark` changes. UsageError if none is given."""
    fields: dict[str, Any] = {}
    if options.read is not None:
        fields["read"] = options.read
    if options.star is not None:
        fields["star"] = options.star
    if options.rate is not None:
        fields["rating"] = options.rate
    tags = [word for given in options.tag for word in given.replace(",", " ").split()]
    untags = [word for given in options.untag for word in given.replace(",", " ").split()]
    if tags:
        fields["tags_add"] = tags
    if untags:
        fields["tags_remove"] = untags
    if options.note is not None:
        from tui.core.text import clean_typed_text

        note = sys.stdin.read() if options.note == "-" else options.note
        fields["note"] = clean_typed_text(note).strip("\n")
    if not fields:
        raise UsageError("nothing to mark; give --read, --star, --tag T, --rate N or --note TEXT")
    return fields


def _common_parser() -> argparse.ArgumentParser:
    """What every command takes, in any place."""
    parser = argparse.ArgumentParser(prog="sheaf", add_help=False, allow_abbrev=False)
    parser.add_argument("--home", metavar="DIR", help="the folder of papers and marks")
    parser.add_argument("--quiet", action="store_true", help="say only what went wrong")
    parser.add_argument("--no-color", action="store_true", help="no colour")
    return parser


def parser() -> argparse.ArgumentParser:
    """Return the parser of every subcommand and option."""
    whole = argparse.ArgumentParser(
        prog="sheaf",
        allow_abbrev=False,
        usage="sheaf [--home DIR] [QUERY...]\n       sheaf [--home DIR] COMMAND ...",
        description="Read papers in the terminal: type and it filters, one key each to decide. "
        "`sheaf` opens the reader, `sheaf QUERY` opens it with the filter set.",
        parents=[_common_parser()],
        epilog="Exit status: 0 done, 1 something in the input was refused, 2 wrong use.",
    )
    whole.add_argument("--version", action="version", version=f"sheaf {__version__}")
    commands = whole.add_subparsers(
        prog="sheaf", dest="command", metavar="COMMAND", title="commands"
    )

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, allow_abbrev=False)

    add = command("add", "add papers from files, folders, ids, URLs, or - for standard input")
    named = "a file, folder or -; or, looked up, an arXiv id, DOI, PMID, ACL id or URL"
    add.add_argument("what", nargs="+", metavar="WHAT", help=named)
    add.add_argument("--offline", action="store_true", help="look nothing up, read files only")
    add.add_argument("--format", default="", metavar="F", help="do not guess the format")
    add.add_argument("--json", action="store_true", help="print what came in as one JSON object")

    fetch = command("fetch", "new papers of the feeds followed, or of those named")
    fetch.add_argument("feed", nargs="*", metavar="FEED", help="as in `sheaf feeds`")
    fetch.add_argument("--day", default="", metavar="DATE", help="that past day of hf:daily")
    fetch.add_argument("--json", action="store_true", help="print what came as one JSON object")
    fetch.add_argument(
        "--timer", action="store_true", help="print a line for cron and files for systemd"
    )
    _feeds_parser(command("feeds", "what is followed, with the last fetch, counts and errors"))

    listing = command("list", "print papers, one line each, newest or best first")
    listing.add_argument("query", nargs="*", metavar="QUERY", help="words and fields of the filter")
    listing.add_argument("--limit", type=_count, metavar="N", help="at most N papers")
    listing.add_argument("--sort", default="", type=_sort, metavar="S", help="another order")
    listing.add_argument("--json", action="store_true", help="JSON lines, one object a paper")

    show = command("show", "print one paper")
    show.add_argument("key", metavar="KEY", help="its key, arXiv id, DOI or URL")
    show.add_argument("--json", action="store_true", help="one JSON object")

    mark = command("mark", "mark papers: read, star, tags, rating, note")
    mark.add_argument("key", nargs="+", metavar="KEY", help="a key, arXiv id, DOI or URL")
    for word, opposite in (("read", "unread"), ("star", "unstar")):
        either = mark.add_mutually_exclusive_group()
        either.add_argument(f"--{word}", action="store_true", default=None, help=f"mark {word}")
        either.add_argument(f"--{opposite}", dest=word, action="store_false", help="take it back")
    mark.add_argument("--tag", action="append", default=[], metavar="T", help="add a tag")
    mark.add_argument("--untag", action="append", default=[], metavar="T", help="remove a tag")
    mark.add_argument("--rate", type=int, choices=range(6), metavar="0-5", help="0 takes it back")
    mark.add_argument("--note", metavar="TEXT", help="the note; - reads it from standard input")

    export = command("export", "write papers as BibTeX, RIS, CSL-JSON, CSV, Markdown, HTML, notes")
    export.add_argument("query", nargs="*", metavar="QUERY", help="words and fields of the filter")
    export.add_argument("--format", default="", metavar="F", help=f"one of {_FORMATS}")
    export.add_argument("-o", "--output", default="", metavar="FILE", help="for notes a folder")
    export.add_argument("--force", action="store_true", help="write over a file that is there")
    export.add_argument("--notes", action="store_true", help="with your private notes")
    export.add_argument("--sort", default="", type=_sort, metavar="S", help="another order")
    export.add_argument("--limit", type=_count, metavar="N", help="at most N papers")

    digest = command("digest", "the new papers, the best for you first: to look at or by mail")
    digest.add_argument("query", nargs="*", metavar="QUERY", help="not of the feeds, of a filter")
    digest.add_argument("--since", metavar="DAY", help="yesterday, 2026-05-07, 7d; else the last")
    digest.add_argument("--limit", type=_count, default=20, metavar="N", help="at most N papers")
    digest.add_argument("--format", choices=("text", "html", "markdown", "eml"), help="else text")
    digest.add_argument("-o", "--output", metavar="FILE", help="write it; the next begins after it")
    digest.add_argument("--force", action="store_true", help="write over a file that is there")
    digest.add_argument("--send", action="store_true", help="mail it, by [mail] of config.toml")
    digest.add_argument("--dry-run", action="store_true", help="print what --send would send")
    digest.add_argument("--timer", action="store_true", help="print files for a mail every morning")

    state = command("state", "your marks and notes: export, import, forget, repair")
    parts = state.add_subparsers(dest="what", required=True, metavar="export|import|forget|repair")
    out = parts.add_parser("export", help="write all of them as one JSON file")
    out.add_argument("file", nargs="?", default="-", metavar="FILE", help="- for standard output")
    out.add_argument("--force", action="store_true", help="write over a file that is there")
    load = parts.add_parser("import", help="merge an export; the later change of a field wins")
    load.add_argument("file", metavar="FILE", help="- for standard input")
    forget = parts.add_parser("forget", help="remove all traces of a paper's marks, backups too")
    forget.add_argument("key", nargs="+", metavar="KEY")
    parts.add_parser("repair", help="set a damaged state.json aside and write a new one")
    config = command("config", "config.toml: where it is, what holds, what is wrong in it")
    config.add_argument("--json", action="store_true", help="one JSON object")
    doctor = command("doctor", "paths, versions, health of the three stores, what to do")
    alike = "list papers of nearly the same title but different identifiers, two by two"
    doctor.add_argument("--duplicates", action="store_true", help=alike)
    doctor.add_argument("--json", action="store_true", help="JSON lines, with --duplicates")
    where = command("paths", "print where everything is")
    where.add_argument("--json", action="store_true", help="one JSON object")
    command("keys", "print every key of the reader")
    manual = command("help", "show the manual: its topics, or the text of one")
    manual.add_argument(
        "topic", nargs="?", default="", metavar="TOPIC", help="as `sheaf help` lists"
    )
    return whole


def _feeds_parser(feeds: argparse.ArgumentParser) -> None:
    feeds.add_argument("--json", action="store_true", help="JSON lines, one object a feed")
    parts = feeds.add_subparsers(dest="what", metavar="list|add|remove|pause|resume|export|import")
    listed = parts.add_parser("list", help="print them, which `sheaf feeds` does too")
    listed.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    add = parts.add_parser(
        "add",
        help="follow hf:daily, arxiv:cs.CL, a feed's URL …",
        epilog="NAME is hf:daily, hf:trending, arxiv:CATEGORY, arxiv:QUERY (cat:cs.LG AND "
        "abs:mamba), s2:author/NUMBER, openalex:ID or openalex:FILTER, acl:YEAR, acl:VOLUME, the "
        "URL of RSS, Atom, a JSON feed, BibTeX or another file `sheaf add` reads, or an OPML file.",
    )
    add.add_argument("name", nargs="+", metavar="NAME")
    add.add_argument("--title", default="", metavar="TEXT", help="what to call it")
    for name, text in (
        ("remove", "follow it no more; its papers stay"),
        ("pause", "leave it out of fetches"),
        ("resume", "fetch it again"),
    ):
        part = parts.add_parser(name, help=text)
        part.add_argument("name", nargs="+", metavar="NAME")
    out = parts.add_parser("export", help="write them as OPML")
    out.add_argument("file", nargs="?", default="-", metavar="FILE", help="- for standard output")
    out.add_argument("--force", action="store_true", help="write over a file that is there")
    load = parts.add_parser("import", help="follow each feed of an OPML file")
    load.add_argument("file", metavar="FILE", help="- for standard input")


def _sort(text: str) -> str:
    from tui.search.query.tree import SORTS

    if text and text not in SORTS:
        raise argparse.ArgumentTypeError(f"{text!r} is not one of {', '.join(SORTS)}")
    return text


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("a number of papers is 0 or more")
    return number

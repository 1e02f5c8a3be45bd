"""sheaf digest: the new papers on a few pages, printed, in a file or by mail."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tui.config import Config, load
from tui.core.errors import UsageError
from tui.digest.coverage import save_coverage
from tui.digest.entries import Digest
from tui.library.library import Library
from tui.search.query import parse
from tui.shell import output
from tui.shell.command_line import CommandLine

SUFFIXES = {".html": "html", ".htm": "html", ".md": "markdown", ".eml": "eml"}
"""The format for the suffix of a file, unless an option names one."""


def run(line: CommandLine) -> int:
    """Print, write or send the digest; return 1 if it could not be sent.

    Raises UsageError for options that contradict each other, SheafError if a file exists.
    """
    options = line.options
    _check_options(options)
    if options.timer:
        from tui.shell.timers import digest_timer

        output.data(digest_timer(line.home if line.home_given else None), end="")
        return 0
    from tui.digest.selection import make_digest, parse_since

    now = datetime.now().astimezone()
    since = parse_since(options.since, now.date()) if options.since else None
    query = parse(line.query, now.date(), complete=True)
    for problem in query.problems:
        output.say(f"sheaf: {problem}")
    config = load(line.config_file)
    with Library(line.home) as library:

        def make() -> Digest | None:
            return make_digest(library, query, since, options.limit, now)

        if options.send and not options.dry_run:
            return _send(library, config, make, line.quiet)
        digest = make()
        if digest is None:
            why = "no new papers" if len(library.catalog) else "no papers yet; sheaf add FILE"
            output.say(why, quiet=line.quiet)
        elif options.send:
            _print_message(digest, config)
        else:
            _write(library, digest, config, options)
    return 0


def _check_options(options: argparse.Namespace) -> None:
    if options.dry_run and not options.send:
        raise UsageError("--dry-run needs --send: it prints what would be sent")
    if options.send and (options.output or options.format):
        raise UsageError("--send sends text and HTML; leave out --format and --output")
    if options.force and not options.output:
        raise UsageError("--force needs --output FILE")


def _write(library: Library, digest: Digest, config: Config, options: argparse.Namespace) -> None:
    """Print the digest, or write it to the file of -o; then the next digest begins after it."""
    file = options.output or "-"
    name = options.format or SUFFIXES.get(Path(file).suffix.lower(), "text")
    output.write_file(file, format_digest(digest, name, config), force=options.force)
    if options.output and digest.coverage:
        save_coverage(library.store, digest.coverage)


def format_digest(digest: Digest, name: str, config: Config) -> str:
    """Return the digest as `text`, `html`, `markdown` or `eml`."""
    match name:
        case "html":
            from tui.digest.html_mail import format_html

            return format_html(digest)
        case "markdown":
            from tui.digest.markdown_text import format_markdown

            return format_markdown(digest)
        case "eml":
            from tui.digest.mail_message import compose_digest

            message = compose_digest(digest, config.mail)
            return message.as_string(policy=message.policy.clone(linesep="\n"))
        case _:
            from tui.digest.plain_text import format_text

            return format_text(digest)


def _send(library: Library, config: Config, make: Callable[[], Digest | None], quiet: bool) -> int:
    from tui.digest.sending import SendOptions, require_mail, send_digest

    options = SendOptions(
        say=lambda words: output.say(words, quiet=quiet),
        warn=lambda words: output.say(f"sheaf: {words}"),
    )
    return 0 if send_digest(library, require_mail(config), make, options) else 1


def _print_message(digest: Digest, config: Config) -> None:
    """Print the message, and on standard error the addresses and server it would be sent to."""
    from tui.digest.sending import require_mail

    mail = require_mail(config)
    server = f"{mail.server}:{mail.port}, {mail.security}"
    output.say(f"would be sent from {mail.sender} to {', '.join(mail.to)} by {server}")
    output.data(format_digest(digest, "eml", config), end="")

"""sheaf digest: the new papers in a few pages, to look at, as a file, or into the inbox."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tui.config import Config, load
from tui.core.errors import SheafError, UsageError
from tui.core.files import write_user_file
from tui.digest.content import Digest
from tui.digest.coverage import save_coverage
from tui.library.library import Library
from tui.search.query import parse
from tui.shell import output

SUFFIXES = {".html": "html", ".htm": "html", ".md": "markdown", ".eml": "eml"}
"""The format a file's name asks for, where nothing else does."""


def run(home: Path, config_path: Path, query: str, options: argparse.Namespace, quiet: bool) -> int:
    """Print, write or send the digest; 1 if something could not be sent. UsageError, SheafError."""
    _check(options)
    if options.timer:
        from tui.shell.digest_timer import files

        sys.stdout.write(files(home if config_path.parent == home else None))
        return 0
    from tui.digest.selection import make_digest, parse_since

    now = datetime.now().astimezone()
    since = parse_since(options.since, now.date()) if options.since else None
    parsed = parse(query, now.date())
    for problem in parsed.problems:
        output.say(f"sheaf: {problem}")
    config = load(config_path)
    with Library(home) as library:

        def made() -> Digest | None:
            return make_digest(library, parsed, since, options.limit, now)

        if options.send and not options.dry_run:
            return _send(library, config, made, quiet)
        digest = made()
        if digest is None:
            why = "no new papers" if len(library.catalog) else "no papers yet; sheaf add FILE"
            output.say(why, quiet=quiet)
            return 0
        if options.send:
            _dry(digest, config)
        else:
            _write(library, digest, config, options)
    return 0


def _check(options: argparse.Namespace) -> None:
    """UsageError for options that do not go together."""
    if options.dry_run and not options.send:
        raise UsageError("--dry-run goes with --send: it shows what would be sent")
    if options.send and (options.output or options.format):
        raise UsageError("--send sends text and HTML; leave out --format and --output")
    if options.force and not options.output:
        raise UsageError("--force goes with --output FILE")


def _write(library: Library, digest: Digest, config: Config, options: argparse.Namespace) -> None:
    """Show the digest, or write it: only what is written lets the next digest begin after it."""
    path = Path(options.output or "-")
    name = options.format or SUFFIXES.get(path.suffix.lower(), "text")
    text = render(digest, name, config)
    if str(path) == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        if path.exists() and not options.force:
            raise SheafError(f"{path} is there already; --force writes over it")
        write_user_file(path, text.encode())
    if options.output and digest.memory:
        save_coverage(library.store, digest.memory)


def render(digest: Digest, name: str, config: Config) -> str:
    """The digest as text, html, markdown or eml."""
    match name:
        case "html":
            from tui.digest.html_mail import format_html

            return format_html(digest)
        case "markdown":
            from tui.digest.markdown_text import format_markdown

            return format_markdown(digest)
        case "eml":
            from tui.digest.mail_message import compose_digest

            composed = compose_digest(digest, config.mail)
            return composed.as_string(policy=composed.policy.clone(linesep="\n"))
        case _:
            from tui.digest.plain_text import format_text

            return format_text(digest)


def _send(library: Library, config: Config, made: Callable[[], Digest | None], quiet: bool) -> int:
    from tui.digest.sending import SendOptions, require_mail, send_digest

    way = SendOptions(
        say=lambda words: output.say(words, quiet=quiet),
        warn=lambda words: output.say(f"sheaf: {words}"),
    )
    return 0 if send_digest(library, require_mail(config), made, way) else 1


def _dry(digest: Digest, config: Config) -> None:
    """Print the message, and on stderr where it would go."""
    from tui.digest.sending import require_mail

    mail = require_mail(config)
    where = f"{mail.server}:{mail.port}, {mail.security}"
    output.say(f"would be sent from {mail.sender} to {', '.join(mail.to)} by {where}")
    sys.stdout.write(render(digest, "eml", config))

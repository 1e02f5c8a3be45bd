"""The manual: one Markdown file per topic, shown by `sheaf help TOPIC` and by the help screen.

manual.py        the list of topics and their texts
formats.md       what `sheaf add` reads
keys.md          every key of the reader; the table is checked against `tui.core.commands`
query.md         the query language of the filter
command-line.md  the subcommands, their output and exit status
config.md        config.toml; the example is checked against `tui.config`
feeds.md         following feeds and fetching what is new
export.md        writing papers to files
digest.md        the digest of new papers, on the screen or by mail
storage.md       where marks and papers are kept, backups, several machines
security.md      what Sheaf trusts, what it does not trust, what leaves the machine
performance.md   measured speed, and how to measure it
"""

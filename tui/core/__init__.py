"""What every package shares. It imports nothing else of Sheaf.

author.py       Author: a person or an institution; `short_authors`: `Xiao +4`
listing.py      Listing: a day, a feed, and the place of a paper in its list
paper.py        Paper, the record of one paper, and the keys it is known by
schemes.py      the table of identifier schemes
urls.py         web URLs: safe to write as links; those of code in a text
identifiers.py  identifiers found in text, DOIs and URLs
identity.py     whether two records are one work, by identifier, by title, as found, or perhaps
merge.py        the one record that two records of one work make
paper_text.py   PaperText: title, authors, facts, abstract and links as they are shown
text.py         text cleaned for the terminal, normalized for comparison, shortened
markdown.py     text escaped for Markdown, and links
files.py        durable and atomic writing, folder sync, file locks
paths.py        where the files of a home are
garbage.py      how often Python searches for cycles while papers are added
progress.py     Progress and Cancelled: how long work reports and ends
errors.py       SheafError and UsageError: errors with messages for the user
commands.py     the table of commands: keys, labels, help
"""

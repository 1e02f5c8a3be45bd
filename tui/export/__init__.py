"""Papers out: one small file a format, one table of them.

    base.py        Format, Item: a paper on its way out
    formats.py     FORMATS, the table
    writing.py     write(): rows of a library to a file, a folder or a stream
    files.py       files that are there whole or not at all; Exists
    snippets.py    one paper to be copied: link, id, BibTeX, citation, Markdown link, abstract

    pattern.py     citation keys by a pattern      keys.py  kept for a paper once given
    kinds.py       article, inproceedings, misc    people.py  names in parts
    tex.py         text as LaTeX                   texsource.py  which LaTeX of others is kept

    bibtex.py ris.py csl.py table.py (CSV) lines.py (JSON lines) markdown.py page.py (HTML)
    notes.py       one Markdown file a paper; frontmatter.py, its head

Formats that keep title, authors and abstract, so that `sheaf add` of the file gives them back, and
what else of a paper each cannot hold (every one but JSON lines loses votes, counts and sources):

    jsonl     all   holds everything, marks and notes too
    bibtex    all   links to PDF and code; the day it was listed; marks but tags
    biblatex  all   the same
    csl       all   the same, and comments
    csv       all   counts; paragraphs in notes stay. Of authors: a name with brackets, a semicolon
                    or an `and` in it is parted or cut when it is read again
    ris       all   the same as csl, links to code; paragraphs of an abstract become one
    markdown  titles only; up to three authors
    html      for reading: all is on the page, nothing reads it back
    notes     for writing in: title, authors, abstract, marks and note are in each file

"All" is up to the order of a name: `Family, Given` comes back as `Given Family` where the family
name can be told from that (`tui.paper.last_name`); and a paper has its ids, so it meets itself.
Categories and tags are one list of keywords in all but jsonl, csv and notes. The private note is
only in what says so, or where it is asked for.

Imports of libraries are within functions: `sheaf --help` does not pay for them.
"""

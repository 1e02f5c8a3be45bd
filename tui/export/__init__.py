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

What `sheaf add` of the file gives back, and what else of a paper the format cannot hold:

    jsonl     everything, to the letter; marks and notes are in it, too
    bibtex    titles, authors, abstracts, ids, venue, date, comment. Not: links to PDF and code, the
              day it was listed, votes, counts, sources, marks but tags
    biblatex  as bibtex
    csl       as bibtex, without the comment
    ris       as csl, with the link to the PDF; the paragraphs of an abstract become one
    csv       as bibtex, with links, votes and marks, without counts and sources. A name with
              brackets, a semicolon or `and` in it is cut or parted when it is read
    markdown  titles and ids; abstracts and the fourth author are left out
    notes     not read back: title, authors, abstract, marks and note are there to write beside
    html      not read back: all of that is on the page, marks but tags are not

Titles, authors and abstracts are lossless in the first six, but for this: `Family, Given` comes
back as `Given Family` where the family name can be told from that
(`tui.core.paper.last_name`), and what is still LaTeX in a text (`100\\%` on a page that was
copied) is read as such, in all but jsonl.
Categories and tags are one list of keywords in bibtex, biblatex, csl and ris. The private note is
in jsonl and notes, elsewhere only where it was asked for.

Imports of libraries are within functions: `sheaf --help` does not pay for them.
"""

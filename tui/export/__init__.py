"""Export: papers as bibliographies, tables, a page or notes, and single texts to copy.

`export_papers` gives the papers of a library, a block at a time and each with its mark and its
citation key, to the function of a format, and writes the text that this yields.

    writer.py           export_papers: to a file, a folder or a stream
    formats.py          FORMATS: the table of formats
    item.py             ExportItem: one paper that is being exported
    snippets.py         one paper to copy: link, id, BibTeX, citation, Markdown link, abstract

    bibtex.py           BibTeX and BibLaTeX
    ris.py              RIS
    csl.py              CSL-JSON
    csv_table.py        CSV
    jsonl.py            JSON lines
    markdown_list.py    a list in Markdown
    html_page.py        a page in HTML
    markdown_notes.py   one Markdown file for each paper
    frontmatter.py      the YAML at the head of such a file

    citation_keys.py    the citation key of each paper, saved when it is first given
    key_pattern.py      new citation keys from a pattern
    publication.py      article, conference paper or preprint, from the venue
    latex_text.py       titles and abstracts in LaTeX
    latex_allowlist.py  the LaTeX commands that may be written

What `sheaf add` reads back from an exported file:

    jsonl     everything
    bibtex    titles, authors, abstracts, ids, venue, date, comment, tags, links. Not: the day of
              listing, votes, counts, sources, other marks
    biblatex  as bibtex
    csl       as bibtex
    ris       as bibtex; an abstract becomes one paragraph
    csv       as bibtex, with votes and marks. The name of a person with brackets, a
              semicolon, `and` or an HTML entity in it is cut, split or converted when it is read
    markdown  titles, DOI, PMID and the ids that links show, three authors, venue, date, links
    notes     is not read back; has title, authors, abstract, marks and note
    html      as markdown, with all authors and the abstract

Titles, authors and abstracts come back unchanged from the first six, but LaTeX left in a text
(`100\\%` copied from a page) is converted, except by jsonl. In bibtex and biblatex a comma inside a
keyword becomes a space. Categories and tags are one list of keywords in
bibtex, biblatex, csl and ris. The private note is in jsonl and notes, elsewhere only if it is asked
for.
"""

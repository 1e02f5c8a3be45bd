"""Formats: for each, how it is recognised and which of its fields is which.

arxiv_text.py               arXiv's announcements and its listings as copied
bibtex.py                   BibTeX and BibLaTeX, and how they write authors
csv_table.py                CSV and TSV with columns of any program
daily_papers_text.py        the text of a daily-papers page, as copied from a browser
feed.py                     RSS and Atom
front_matter.py             notes of Obsidian, Logseq and Hugo with the fields above the text
generic_json.py             JSON records of no known format, by the names of their keys
journal_macros.py           astronomy's journals, which BibTeX writes as commands
json_documents.py           where the records are in a JSON file; the list of JSON formats
json_links.py               bookmarks of browsers and Pinboard, JSON Feed
json_reference_managers.py  CSL-JSON, Crossref, Zotero, Citavi, Fidus Writer, Sheaf
json_services.py            Kaggle, Hugging Face, OpenAlex, Semantic Scholar, DataCite and others
mail.py                     announcements of arXiv, alerts, newsletters
markdown_links.py           Markdown and lists with links to papers; references
opml.py                     feeds to follow, no papers
pdf.py                      PDF
publishers.py               whose pages are papers
tagged_exports.py           RIS, Web of Science, RefWorks, PubMed, refer, Ovid and others
text_exports.py             PubMed's plain text, the `.bbl` of LaTeX, Org mode, Wikipedia, NEP
title_list.py               lists of titles without links
webpage.py                  pages of papers, and pages with links to papers
xml_libraries.py            OAI-PMH, ACL Anthology, MODS, MARCXML, DBLP, TEI
xml_publishers.py           JATS, Crossref, DataCite, PubMed, Europe PMC
xml_reference_managers.py   EndNote, RDF of Zotero and others, Microsoft Word
yaml_bibliography.py        Hayagriva, CSL-YAML, CITATION.cff, lists of papers; the same in TOML
"""

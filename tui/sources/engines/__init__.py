"""Engines: how one family of formats is read, whatever its records mean.

bibtex.py         entries of BibTeX, with what they inherit; broken ones are repaired
citation.py       a work as people write it on a line: title, authors, venue, year
html.py           tags and text of web pages, in linear time
json.py           formats of JSON records, recognised by their keys; nested values
markdown.py       links, table rows and labelled lines of Markdown
tagged.py         records of lines that begin with a tag
whole_text.py     texts read whole and cut into records; a format is one row
xml.py            records cut out of an XML stream; a format is one row
yaml.py           YAML whose every scalar stays a text
"""

"""Papers in: one small file a format, chosen by what the bytes say.

    base.py         Format, RejectedRecord, limits
    streams.py      files, folders, archives, standard input as named byte streams
    archives.py     gz, bz2, xz, zst, zip, within bounds
    decoding.py     bytes to text, whole or as a stream in pieces that end where a record ends
    meter.py        how many bytes of the files named have been read
    reader.py       detects the format of a stream and reads it: `read(what)`; the list of FORMATS
    reading_process.py  `read_all(files)`: the same, large files in another process

    record.py       `read_record`: the one way from the fields of a record to a Paper or rejection
    plain_text.py   titles and abstracts: markup.py (HTML, JATS, MathML), tex.py and texwalk.py
                    (LaTeX), unicode_scripts.py (superscripts, accents), then `tui.core.text`
    names.py        names of authors: split, in reading order
    dates.py        dates as people write them to ISO

    engines/        readers that several formats share: xml.py cuts records out of a stream
    formats/        formats as rows of an engine

    records.py   JSON and JSON lines; shapes.py says what a shape is, each service has one:
                 own (Sheaf's) huggingface kaggle openalex openreview semantic_scholar zotero_json
                 fidus datacite csl (and Crossref) jsonfeed bookmarks; catalogues.py has several;
                 naming.py reads what is of none, daily.py lists by topic

Every source streams: it yields a Paper or a RejectedRecord for each record and does not raise
an exception for bad input.
Parsers of others are imported where they are used, so that `sheaf --help` does not pay for them.
"""

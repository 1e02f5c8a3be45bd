"""Papers in: files, folders, archives and standard input, read as the format that they begin with.

`reader.read(what)` opens files, folders, archives and standard input as streams, detects the format
of each by its beginning, and yields a Paper or a RejectedRecord for each record. A format says
where its records are and which of their parts is which field; `record.read_record` makes the paper
and turns every error into a RejectedRecord. Nothing raises for bad input, and memory holds one
record at a time if the format allows it. Parsers of other projects are imported where they are
used, so that `sheaf --help` does not pay for them.

    interface.py        SourceFormat, Record, RejectedRecord and the limits that all formats share
    reader.py           `read`, `read_bytes`, detection of formats; the list of FORMATS
    reading_process.py  `read_all`: large files are read in another process; how far it is

    streams.py          files, folders, archives, standard input as streams, text in UTF-8
    archives.py         gz, bz2, xz, zst, zip, within bounds
    encodings.py        any encoding to UTF-8: marked, declared or guessed
    decoding.py         UTF-8 to text, in lines or in pieces that end where a record ends

    record.py           `read_record`, `build_paper`: fields to a Paper or a RejectedRecord
    field_names.py      the one table of the names that fields have
    names.py            names of authors: whole or in parts, one or several in a text
    dates.py            dates as people write them to ISO 8601
    plain_text.py       titles and abstracts: markup and LaTeX to plain text
    markup.py           HTML, JATS and MathML
    tex.py              LaTeX
    units.py            units of measurement in LaTeX
    unicode_scripts.py  superscripts, subscripts, accents, Greek letters

    engines/            how a family of formats is read, whatever its records mean
    formats/            one row or mapper for each format
"""

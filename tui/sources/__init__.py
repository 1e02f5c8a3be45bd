"""Papers in: one small file a format, chosen by what the bytes say.

    base.py     Refused, Source, limits
    streams.py  files, folders, gz and standard input as named byte streams
    text.py     bytes to text: UTF-8, UTF-16, else windows-1252
    fields.py   a dictionary of common field names to a Paper, through the door of `tui.clean`
    dates.py    dates as people write them to ISO
    page.py     the text of a daily-papers page
    records.py  JSON and JSON lines
    reader.py   sniffs a stream and reads it: `read(what)`

Every source yields a Paper or a Refused for each record, streams, and never raises for bad input.
"""

"""The library: the one place where catalog, state, index and search meet.

The reader and the commands open a Library, import papers into it and search it. An import reads
files and text first and then looks up identifiers.

    library.py        Library: papers, marks and search of one home
    mark_rows.py      StoreMarkRows: the user's marks as catalog rows, for the search
    views.py          View: named queries, built in and the user's
    orders.py         Order: the names of the orders of a list; `tui.search` sorts
    triage.py         Triage: changing marks, undo and redo, for the reader
    importing.py      PaperImport, `import_papers`: files, text, ids and URLs into the catalog
    index_process.py  IndexProcess: the index built in a second process while papers are added
"""

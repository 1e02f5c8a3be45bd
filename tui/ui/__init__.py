"""The reader: the only package that imports Textual.

A key is looked up in the table of commands (`tui.core.commands`) and runs a function of `actions/`.
The function uses the reader through the protocol `Reader` in `reader_protocol.py`: it marks papers
with Triage, starts a job, asks something with a dialog, or shows another ListRequest. A request
goes to the search, in a thread; its result goes to the list, and the panes follow the cursor.
Refresher updates what is shown when marks, papers or the index change. The objects in between
(StatusBar, JobRunner, Watcher, RowPresenter and others) know no screen and are tested without one.

    app.py             SheafApp, and `run`, which opens the library and starts it
    reader.py          ReaderScreen: connects filter, search, list and panes
    screen.py          SheafScreen: keys from the table, failed workers; base of all our screens
    bindings.py        the keys of the commands of a place, as Textual takes them
    type_ahead.py      TypeAhead: keys wait for the dialog that they are meant for
    reader_protocol.py  Reader: what actions may use
    list_request.py    ListRequest: what the list shows
    panes.py           list, abstract and context; the last two follow the cursor
    mark_refresher.py  what is shown again when marks change; marks that cannot be saved
    view_refresher.py  when the views are counted and shown again
    library_refresher.py  what is shown again when papers come in or the index is ready
    arrivals.py        announces papers that have come in
    watcher.py         looks for changes by other processes, and updates the index
    list_search.py     the searches of the list, once the index is ready
    similar_papers.py  the papers similar to the one under the cursor
    presenter.py       RowPresenter: a paper and its mark to what a row shows
    view_tabs.py       the views with their counts, for the line above the filter
    explanations.py    how many papers a list has, why it has none
    status_bar.py      StatusBar: messages, progress, warnings
    jobs.py            JobRunner: long work that can be stopped
    background.py      threads and calls from there, for objects that know no screen
    pane_layout.py     which panes there are, by the size of the terminal
    note_draft.py      Draft: a note that is being written, on disk before it is saved
    position.py        where the reader was left
    custom_program.py  runs the commands of the user's config
    clipboard.py       the system's clipboard
    idle.py            garbage collection while nobody types
    textual_private.py  the private names of Textual in use

    actions/           a function for each command
    dialogs/           screens over the reader that give one result
    widgets/           the parts of the screens
    styles/            colours and places
"""

"""The reader: the only package that imports Textual.

A key is looked up in the table of commands (`tui.core.commands`) and runs a function of `actions/`.
The function uses the reader through the protocol `Reader` in `reader_protocol.py`: it marks papers
with Triage, starts a job, asks something with a dialog, or sets another ListRequest. A request goes
to the search, in a thread; its result goes to the list, and the panes follow the cursor. Three
refreshers update what is shown when marks, views, papers or the index change. The other objects
(StatusBar, JobRunner, Watcher, RowPresenter and more) know no screen and are tested without one.

    app.py                SheafApp, and `run`, which opens the library and starts it
    reader.py             ReaderScreen: connects filter, search, list and panes
    screen.py             SheafScreen: keys from the table, failed workers; base of all our screens
    bindings.py           Textual's bindings, from the table of commands
    type_ahead.py         TypeAhead: keys wait for the dialog that they are meant for
    reader_protocol.py    Reader: what actions may use
    list_request.py       ListRequest: what the list shows, and on which row the cursor stays
    panes.py              Panes: list, abstract and context; where the keys go
    mark_refresher.py     MarkRefresher: after a mark changes, is saved or cannot be saved
    view_refresher.py     ViewRefresher: counts the papers of the views and shows them
    library_refresher.py  LibraryRefresher: after papers come in or the index is ready
    arrivals.py           Arrivals: announces papers that have come in
    watcher.py            Watcher: looks for changes by other processes, updates the index
    list_search.py        ListSearch: the searches of the list, once the index is ready
    seen_papers.py        SeenPapers: which new papers have been on the screen
    grouping.py           Grouping: shows the list in groups of papers on one subject
    similar_papers.py     SimilarPapers: those similar to the paper under the cursor
    presenter.py          RowPresenter: what list and panes show of a paper and its mark
    view_tabs.py          ViewTabs: the views with their counts
    explanations.py       texts: how many papers a list has, why it has none
    status_bar.py         StatusBar: messages, progress, warnings
    jobs.py               JobRunner: long work that can be stopped
    background.py         threads and calls from there, for objects that know no screen
    pane_layout.py        where the panes are, by the size of the terminal
    note_draft.py         Draft: a note that is being written, on disk before it is saved
    position.py           Position: saved when the reader is left, loaded when it is opened
    custom_program.py     runs the programs of the user's config
    clipboard.py          copies to the clipboard of the system
    idle_collector.py     IdleCollector: garbage collection while the user does not type
    terminal_watch.py     end_without_terminal: ends the process when its terminal is gone
    textual_private.py    the private names of Textual in use

    actions/              a function for each command
    dialogs/              screens over the reader that give one result
    widgets/              the parts of the screens
    styles/               colours and places
"""

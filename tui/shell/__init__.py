"""The commands of the shell: one function for each subcommand of `tui.cli`.

A function takes a CommandLine and returns the exit status. Standard output carries data only;
messages and progress go to standard error.

    command_line.py   CommandLine, Subcommand: parsing, running, exit status
    output.py         data and messages to standard output and error, files written
    input.py          files and standard input read
    progress.py       a progress bar
    interrupt.py      Ctrl+C that keeps what has come
    add.py            sheaf add
    fetch.py          sheaf fetch
    feeds.py          sheaf feeds
    listing.py        sheaf list, sheaf show
    mark.py           sheaf mark
    export.py         sheaf export
    digest.py         sheaf digest
    timers.py         what --timer of fetch and digest prints
    state.py          sheaf state
    config.py         sheaf config
    doctor.py         sheaf doctor
    info.py           sheaf paths, sheaf keys
    help.py           sheaf help
"""

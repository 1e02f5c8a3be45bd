"""The commands of the shell: one function for each subcommand of `subcommands`.

A function takes a CommandLine and returns the exit status. Standard output carries data only;
messages and progress go to standard error.

    command_line.py   CommandLine: the common options, the call of a function, the exit status
    subcommands.py    the table of subcommands and their arguments
    parser.py         the table to an argparse parser
    output.py         data and messages, written to standard output and error and to files
    input.py          the bytes of files and of standard input
    progress.py       a progress bar
    interrupt.py      Ctrl+C that ends the work and keeps the result so far
    add.py            sheaf add
    fetch.py          sheaf fetch
    feeds.py          sheaf feeds
    listing.py        sheaf list, sheaf show
    mark.py           sheaf mark
    export.py         sheaf export
    digest.py         sheaf digest
    timers.py         the files that --timer of fetch and digest prints
    state.py          sheaf state
    config.py         sheaf config
    doctor.py         sheaf doctor
    info.py           sheaf paths, sheaf keys
    help.py           sheaf help
"""

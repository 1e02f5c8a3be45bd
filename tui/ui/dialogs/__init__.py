"""The dialogs: screens over the reader, each of which gives one result.

The keys of a dialog are those of its places in the table of commands (`tui.core.commands`).

custom_command.py  a command of the user's config at work, then its output
days.py            a calendar of the papers a day, to choose a day
feeds.py           the feeds: follow, pause, unfollow, fetch
help.py            all keys, filtered as the user types; leads to the manual
manual.py          the topics of the manual
note.py            the note editor beside the abstract
palette.py         the commands for Textual's palette
prompt.py          one line of text, with completions
question.py        a question with one key for each answer
"""

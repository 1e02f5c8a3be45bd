"""The screens: each owns what it shows and gives it to its widgets.

main.py      list, abstract, filter, status: the reader
marking.py   what the keys that mark do, for the main screen
note.py      the note editor beside the abstract
question.py  a question with one key for each answer
help.py      all keys, from the table of commands; palette.py  the same for Ctrl+P
yours.py     the user's own commands, for the main screen; running.py  one of them at work
"""

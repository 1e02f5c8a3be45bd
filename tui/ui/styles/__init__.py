"""The look: themes, colour tokens and the style sheet.

sheaf.tcss    the style sheet of the reader: layout, and the token of each part
dialogs.tcss  that of the dialogs, loaded with the first of them
themes.py     our own themes, one dark and one light
tokens.py     the tokens that texts are written in, readable in any theme
"""

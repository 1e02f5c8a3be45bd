"""The look: themes, colour tokens and the style sheet.

sheaf.tcss  the style sheet: layout, and the token of each part
themes.py   our own themes, one dark and one light
tokens.py   the tokens that texts are written in, readable in any theme
"""

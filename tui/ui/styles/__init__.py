"""The look: sheaf.tcss lays out and names tokens, themes.py has our themes, and tokens.py makes of
any theme the tokens that text is written in.
"""

"""The look: sheaf.tcss lays out and names tokens, themes.py gives the tokens their colours."""

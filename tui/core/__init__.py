"""What every package shares: papers, identifiers, text, paths, errors, the table of commands.

Imports nothing else of Sheaf.
"""

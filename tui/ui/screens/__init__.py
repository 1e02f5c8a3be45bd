"""The reader's screen: list, abstract, filter, status (main.py and the mixins it is made of)."""

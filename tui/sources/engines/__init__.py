"""Engines: how one family of formats is read, whatever its records mean.

xml.py   records cut out of an XML stream
"""

"""The parts of the screens. They know papers and marks, not each other.

glyphs.py        the marks as characters, ASCII where the terminal cannot
cells.py         text cut and highlighted by terminal cells
paper_list.py    the list: Line API, draws what is visible
paper_text.py    a paper as styled text
paper_detail.py  the pane that shows it
filter_bar.py    the field that filters and what it understood
line.py          one line with two ends; the footer
"""

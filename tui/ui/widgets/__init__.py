"""The widgets of the screens. They know papers and marks, but no screen.

cell_text.py         text cut, padded and highlighted by terminal cells
context_pane.py      the third pane of a wide window: the note and the similar papers
filter_bar.py        the filter field and what was found
glyphs.py            the characters for marks; ASCII for terminals that have no others
key_hints.py         the footer: the keys that matter in a place
list_places.py       what is at each place of the list: a paper, or the heading of a group
notice_bar.py        a warning or hint above the status line
paper_detail.py      the pane that shows a paper
paper_list.py        the list of papers, which draws only the visible rows
paper_text.py        a paper as styled text
row_layout.py        a paper, or the heading of a group, as one or two lines of the list
scrollable_lines.py  base class of the list and the panes: lines with a scroll bar
status_line.py       one line with two texts
views_line.py        the views with their counts
"""

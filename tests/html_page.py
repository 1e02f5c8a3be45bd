"""A page of HTML as a browser would find it, for the tests of digest and export."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = ("meta", "br", "img", "link")
_LOADING = ("src", "srcset", "background", "action", "poster", "data")


class ParsedPage(HTMLParser):
    """The elements, attributes and texts of a page, which must be balanced and load nothing."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        """The values of `href`."""
        self.texts: dict[str, list[str]] = {}
        """Tag to the texts in its elements."""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in _VOID:
            self._open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in _LOADING
            if name == "href":
                assert tag == "a"
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts.setdefault(self._open[-1], []).append(data)

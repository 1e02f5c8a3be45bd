"""Actions that open the paper: over the whole screen, or its pages in the browser."""

from __future__ import annotations

from textual.app import SuspendNotSupported

from tui.ui.jobs import JobReport
from tui.ui.reader_protocol import Reader


def open_paper(reader: Reader) -> None:
    """Read the paper over the whole screen; fold or unfold the group of a heading."""
    if reader.panes.papers.heading:
        reader.panes.papers.fold_group()
    if reader.current:
        reader.panes.go_to("reading")


async def open_page(reader: Reader) -> None:
    """Open the paper's page in the browser; if it has none, its code or another link."""
    links = reader.current.paper.all_links if reader.current else {}
    open_link(reader, next(iter(links), "abs"))


def open_link(reader: Reader, name: str) -> None:
    """Open a link of the paper by its name: `abs`, `pdf`, `doi`."""
    url = reader.current.paper.all_links.get(name) if reader.current else None
    if not url:
        reader.status.message("this paper has no link")
        return
    import webbrowser

    missing = f"no browser here; the link is {url}"
    if browser_takes_terminal():
        try:
            with reader.app.suspend():
                webbrowser.open(url)
        except SuspendNotSupported:
            reader.status.message(missing)
        return

    def done(opened: bool) -> JobReport:
        return JobReport(f"opened {url}" if opened else missing)

    # A browser with a window: its start may take seconds.
    reader.jobs.run(f"opening {url}", lambda _: webbrowser.open(url), done)


def browser_takes_terminal() -> bool:
    """Return whether the browser of this machine draws in the terminal, as w3m and lynx do."""
    import webbrowser

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    return type(browser) is webbrowser.GenericBrowser

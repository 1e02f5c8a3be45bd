"""sheaf help: the manual on standard output."""

from __future__ import annotations

from tui.core.errors import UsageError
from tui.core.text import closest_match
from tui.docs import manual
from tui.shell.output import data


def show_topics() -> int:
    """Print the topics of the manual; return the exit status."""
    width = max(len(topic) for topic in manual.topics())
    for topic, title in manual.topics().items():
        data(f"{topic:{width}}  {title}")
    return 0


def show_topic(topic: str) -> int:
    """Print the text of a topic; return the exit status.

    Raises UsageError if there is no such topic.
    """
    if topic not in manual.topics():
        near = closest_match(topic, list(manual.topics()))
        hint = f"did you mean {near}?" if near else "`sheaf help` lists the topics"
        raise UsageError(f"the manual has no topic “{topic}”; {hint}")
    data(manual.text(topic).rstrip("\n"))
    return 0

"""sheaf help: the manual on standard output."""

from __future__ import annotations

from tui.core.errors import UsageError
from tui.core.text import closest_match
from tui.docs import manual
from tui.shell.command_line import CommandLine
from tui.shell.output import data


def run(line: CommandLine) -> int:
    """Print the topics of the manual, or the text of one. Raises UsageError if there is none."""
    topics, topic = manual.topics(), line.options.topic
    if not topic:
        width = max(map(len, topics))
        for name, title in topics.items():
            data(f"{name:{width}}  {title}")
        return 0
    if topic not in topics:
        near = closest_match(topic, list(topics))
        hint = f"did you mean {near}?" if near else "`sheaf help` lists the topics"
        raise UsageError(f"the manual has no topic “{topic}”; {hint}")
    data(manual.text(topic).rstrip("\n"))
    return 0

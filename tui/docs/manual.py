"""The topics of the manual: the Markdown files beside this module, which are in the wheel."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent


def topics() -> dict[str, str]:
    """Return the name of each topic and its title, in the order of the names."""
    return {path.stem: _title(path) for path in sorted(FOLDER.glob("*.md"))}


def text(topic: str) -> str:
    """Return the Markdown text of a topic. Raises KeyError if there is no such topic."""
    if topic not in topics():
        raise KeyError(topic)
    return (FOLDER / f"{topic}.md").read_text(encoding="utf-8")


def _title(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.readline().lstrip("# ").strip()

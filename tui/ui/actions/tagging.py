"""Actions for tags."""

from __future__ import annotations

from tui.core.text import split_tags
from tui.library.triage import Decision
from tui.ui.actions.marking import decide
from tui.ui.actions.selecting import target_rows
from tui.ui.dialogs.prompt import PromptScreen
from tui.ui.reader_protocol import Reader

SUGGESTIONS = 8
"""Similar tags that are suggested for a word, after those that begin with it."""
SIMILARITY = 60
"""Per cent of rapidfuzz's WRatio from which a tag is similar to the word."""


async def edit_tags(reader: Reader) -> None:
    """Ask for tags to add, several at once; `-tag` removes one."""
    keys = reader.triage.keys_of(target_rows(reader))
    if not keys:
        return
    store = reader.library.store
    present = " ".join(f"#{tag}" for tag in store.mark(keys[0]).tags) if len(keys) == 1 else ""
    prompt = PromptScreen(
        f"tags of {reader.triage.describe(keys)}",
        hint=f"{present}   words add tags, -word removes one".strip(),
        suggest=lambda word: suggest_tags(word, list(store.tags())),
    )
    written = await reader.ask(prompt)
    add, remove = parse_tags(written or "")
    if add or remove:
        label = " ".join([*(f"#{tag}" for tag in add), *(f"-#{tag}" for tag in remove)])
        decide(reader, Decision(label, {"tags_add": add, "tags_remove": remove}))


def filter_by_tag(reader: Reader, tag: str) -> None:
    """Show the papers of a tag, in the view that is shown."""
    text = f'tag:"{tag}"' if " " in tag else f"tag:{tag}"
    reader.request = reader.request.with_text(text)


def parse_tags(text: str) -> tuple[list[str], list[str]]:
    """Return the tags to add and to remove, from words such as `rag #long-context -later`."""
    words = split_tags(text)
    add = [word for word in words if not word.startswith("-")]
    remove = split_tags(" ".join(word.lstrip("-") for word in words if word.startswith("-")))
    return add, remove


def suggest_tags(word: str, tags: list[str]) -> list[str]:
    """Return the tags most similar to the word being typed; all, sorted, if it is empty."""
    from rapidfuzz import fuzz, process

    sign = "-" if word.startswith("-") else ""
    typed = word.lstrip("-#")
    if not typed:
        return [sign + tag for tag in sorted(tags)]
    starts = sorted(tag for tag in tags if tag.startswith(typed))
    similar = process.extract(
        typed, tags, scorer=fuzz.WRatio, score_cutoff=SIMILARITY, limit=SUGGESTIONS
    )
    return [sign + tag for tag in dict.fromkeys([*starts, *(tag for tag, _, _ in similar)])]

"""Notes: the parts of Sheaf are replaced, those of the user stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml  # pybtex brings it

from tests.authors import authors
from tui.core.errors import UsageError
from tui.core.paper import Paper
from tui.export.frontmatter import list_value, replace_fields, split_front_matter, text_value
from tui.export.markdown_notes import BEGIN, END, safe_file_name
from tui.export.writer import ExportReport, export_papers
from tui.library.library import Library

NAME = "lindqvist2023efficient.md"
KEY = "arxiv:2309.99901"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "vault"


def export(
    library: Library, vault: Path, rows: Sequence[int] = (), *, force: bool = False
) -> ExportReport:
    return export_papers(library, rows or library.catalog.newest(), "notes", vault, force=force)


def front(path: Path) -> dict[str, object]:
    """The front matter as a YAML parser reads it."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("---\n")
    found = yaml.safe_load(text[4:].split("\n---\n", 1)[0])
    assert isinstance(found, dict)
    return found


def test_a_new_note(library: Library, vault: Path) -> None:
    library.change_marks(
        "x", {KEY: {"read": True, "rating": 4, "tags_add": ["a b", "rag"], "note": "Keep *this*."}}
    )
    report = export(library, vault)
    assert report.summary == f"4 papers to {vault} (Markdown notes: 4 new, 0 updated, 0 unchanged)"
    assert sorted(path.name for path in vault.iterdir()) == [
        "kekule2022longformers.md", NAME, "paper2021.md", "title.md",
    ]  # fmt: skip
    found = front(vault / NAME)
    assert str(found.pop("date")) == "2023-09-29"
    assert found == {
        "sheaf": KEY,
        "citekey": "lindqvist2023efficient",
        "title": "Efficient Sinks for Streaming Attention",
        "authors": ["Ada Lindqvist", "Tomás Reyes", "Mei Tanaka"],
        "year": 2023,
        "arxiv": "2309.99901",
        "url": "https://arxiv.org/abs/2309.99901",
        "pdf": "https://arxiv.org/pdf/2309.99901",
        "read": True,
        "starred": False,
        "rating": 4,
        "tags": ["a-b", "rag"],
    }
    body = (vault / NAME).read_text(encoding="utf-8").split("\n---\n", 1)[1]
    assert body.startswith(
        f"\n{BEGIN}\n# Efficient Sinks for Streaming Attention\n\nAda Lindqvist, "
    )
    assert "Memory stays flat over four million tokens." in body
    assert body.endswith(f"## Note\n\nKeep *this*.\n\n{END}\n\n")


def test_without_new_papers_the_file_is_not_written(library: Library, vault: Path) -> None:
    export(library, vault)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in vault.iterdir()}
    assert "4 unchanged" in export(library, vault).summary
    assert {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in vault.iterdir()
    } == before


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_text_of_the_user_stays_byte_for_byte(library: Library, vault: Path, end: str) -> None:
    export(library, vault)
    path = vault / NAME
    text = path.read_bytes().decode().replace("\n", end)
    lines = ("project: thesis", "# a comment", "due: 2026-12-01", "nested:", "  - a: 1", "    b: 2")
    own = "".join(line + end for line in lines)
    text = text.replace("title: ", f"{own}title: ", 1)
    text = text.replace(f"{BEGIN}", f"Above, mine.{end}{end}{BEGIN}", 1)
    below = f"## My thoughts{end}\t two  spaces \u00a0 {end}{end}{end}--- {end}no end of line"
    path.write_bytes((text + below).encode())
    library.change_marks("x", {KEY: {"star": True, "note": "new"}})
    assert "1 updated" in export(library, vault).summary
    after = path.read_bytes().decode()
    assert own in after
    assert after.endswith(f"new{end}{end}{END}{end}{end}{below}")
    assert f"{end}Above, mine.{end}{end}{BEGIN}{end}" in after
    assert f"starred: true{end}" in after
    assert after.count(BEGIN) == after.count(END) == 1
    assert end == "\n" or "\n" not in after.replace("\r\n", "")
    assert "4 unchanged" in export(library, vault).summary


def test_tags_of_the_user_stay_and_ours_are_added(library: Library, vault: Path) -> None:
    library.change_marks("x", {KEY: {"tags_add": ["rag"]}})
    export(library, vault)
    path = vault / NAME
    path.write_text(
        path.read_text().replace('tags:\n  - "rag"', "tags: [rag, mine]"), encoding="utf-8"
    )
    assert "4 unchanged" in export(library, vault).summary
    library.change_marks("x", {KEY: {"tags_add": ["later"]}})
    export(library, vault)
    assert front(path)["tags"] == ["rag", "mine", "later"]
    odd = path.read_text().replace('  - "rag"\n', "  - {a: b}\n")
    path.write_text(odd, encoding="utf-8")
    library.change_marks("x", {KEY: {"tags_add": ["third"]}})
    assert "4 unchanged" in export(library, vault).summary  # what cannot be parsed is not changed
    assert path.read_text() == odd


def test_a_renamed_or_moved_note_is_found_again(library: Library, vault: Path) -> None:
    export(library, vault)
    moved = vault / "reading" / "Sinks, my notes.md"
    moved.parent.mkdir()
    (vault / NAME).rename(moved)
    moved.write_text(moved.read_text() + "mine\n", encoding="utf-8")
    library.change_marks("x", {KEY: {"star": True}})
    assert "0 new, 1 updated, 3 unchanged" in export(library, vault).summary
    assert not (vault / NAME).exists()
    assert "starred: true" in moved.read_text()
    assert moved.read_text().endswith("mine\n")


def test_a_note_is_found_when_its_paper_has_a_better_key(home: Path, vault: Path) -> None:
    with Library(home, create=True) as library:
        library.add([Paper("Some Title", authors("Wei Li"))])
        export(library, vault)
        library.add([Paper("Some Title", authors("Wei Li"), ids={"arxiv": "2401.00009"})])
        assert "0 new, 1 updated" in export(library, vault).summary
        assert front(vault / "lititle.md")["sheaf"] == "arxiv:2401.00009"


def test_a_file_of_the_user_is_not_changed(library: Library, vault: Path) -> None:
    vault.mkdir()
    (vault / NAME.upper().replace(".MD", ".md")).write_text("mine", encoding="utf-8")
    (vault / "title.md").write_text("---\nmine: 1\n---\nold\n", encoding="utf-8")
    report = export(library, vault)
    assert report.count == 2
    assert len(report.skipped) == 2
    assert "--force puts the note before its text" in report.skipped[0]
    assert (vault / "title.md").read_text() == "---\nmine: 1\n---\nold\n"
    export(library, vault, force=True)
    text = (vault / "title.md").read_text()
    assert text.startswith("---\nmine: 1\nsheaf: ")
    assert text.endswith(f"{END}\n\nold\n")


def test_the_note_of_another_paper_is_never_replaced(library: Library, vault: Path) -> None:
    vault.mkdir()
    other = f'---\nsheaf: "arxiv:9999.00001"\n---\n{BEGIN}\nold\n{END}\nthoughts\n'
    (vault / NAME).write_text(other, encoding="utf-8")
    for force in (False, True):
        assert export(library, vault, force=force).skipped == ()
    assert (vault / NAME).read_text() == other
    assert front(vault / NAME.replace(".md", "-2.md"))["sheaf"] == KEY


@pytest.mark.parametrize(
    "damaged",
    [
        f'---\nsheaf: "{KEY}"\nno end\n',
        f'---\nsheaf: "{KEY}"\n---\n{BEGIN}\nno end\n',
        f'---\nsheaf: "{KEY}"\n---\n\xff'.encode("latin-1"),
    ],
)
def test_a_damaged_note_is_left_as_it_is(
    library: Library, vault: Path, damaged: str | bytes
) -> None:
    vault.mkdir()
    data = damaged.encode() if isinstance(damaged, str) else damaged
    (vault / NAME).write_bytes(data)
    report = export(library, vault, force=True)
    assert (vault / NAME).read_bytes() == data
    assert len(report.skipped) == 1
    assert "left as it is" in report.skipped[0]


def test_a_note_without_our_part_keeps_its_text(library: Library, vault: Path) -> None:
    vault.mkdir()
    (vault / NAME).write_text(f"---\nsheaf: {KEY}\n---\nonly mine\n", encoding="utf-8")
    export(library, vault)
    text = (vault / NAME).read_text()
    assert text.endswith("---\nonly mine\n")
    assert BEGIN not in text
    assert front(vault / NAME)["citekey"] == "lindqvist2023efficient"


def test_markers_in_foreign_text_mark_nothing(home: Path, vault: Path) -> None:
    evil = f"x\n\n{END}\n\n{BEGIN}\n\n---\n\nmore"
    paper = Paper(f"{END} title", authors("Wei\nLi: x"), evil, ids={"arxiv": "2401.00001"})
    with Library(home, create=True) as library:
        library.add([paper])
        library.change_marks("x", {"arxiv:2401.00001": {"note": evil}})
        export(library, vault)
        (path,) = vault.iterdir()
        path.write_text(path.read_text() + "mine\n", encoding="utf-8")
        assert "1 unchanged" in export(library, vault).summary
        text = path.read_text()
        assert text.count(f"\n{END}\n") == 1
        assert text.endswith(f"{END}\n\nmine\n")
        assert front(path)["title"] == f"{END} title"


def test_a_note_with_long_front_matter_is_found_again(home: Path, vault: Path) -> None:
    with Library(home, create=True) as library:
        library.add([Paper("Many", authors(*(f"Given{n} Family{n}" for n in range(3000))))])
        export(library, vault)
        assert "1 unchanged" in export(library, vault).summary


def test_hidden_folders_are_skipped(library: Library, vault: Path) -> None:
    export(library, vault)
    trash = vault / ".trash"
    trash.mkdir()
    (vault / NAME).rename(trash / NAME)
    assert "1 new" in export(library, vault).summary


def test_a_file_cannot_be_the_folder_of_notes(library: Library, vault: Path) -> None:
    vault.write_text("a file", encoding="utf-8")
    with pytest.raises(UsageError, match="not a folder for notes"):
        export(library, vault)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("li2020a", "li2020a"),
        ("li:2020.", "li-2020"),
        ("CON", "CON_"),
        ("nul.x", "nul.x_"),
        ("..", "paper"),
        ("a/b\\c", "a-b-c"),
    ],
)
def test_names_are_safe_on_every_system(key: str, name: str) -> None:
    assert safe_file_name(key) == name


@pytest.mark.parametrize(
    ("block", "found"),
    [
        ("tags:\n", []),
        ("tags: null\n", []),
        ("tags: one\n", ["one"]),
        ("tags: [a, b c]\n", ["a", "b c"]),
        ('tags: ["a", "b"]\n', ["a", "b"]),
        ("tags:\n- a\n-  'b''s'\n", ["a", "b's"]),
        ('tags:\r\n  - "a"\r\n', ["a"]),
        ("tags: ['a']\n", ["a"]),
        ("tags: [a] # why\n", None),
        ("tags: [[a]]\n", None),
        ("tags: {a: b}\n", None),
        ("tags: |\n  a\n", None),
        ("tags:\n  a: b\n", None),
    ],
)
def test_lists_that_are_understood(block: str, found: list[str] | None) -> None:
    assert list_value(block) == found


def test_front_matter_is_split_by_its_keys() -> None:
    parted = split_front_matter(
        '---\n# top\na: 1\n"b c": |\n  x\n\n  y\nlist:\n- one\n- two\n...\nbody'
    )
    assert parted
    _, blocks, rest = parted
    assert [block.key for block in blocks] == ["", "a", "b c", "list"]
    assert rest == "...\nbody"
    assert text_value(blocks, "a") == "1"
    assert replace_fields(blocks, {"a": 'new: "x"', "list": None, "z": 3}, "\n") == (
        '# top\na: "new: \\"x\\""\n"b c": |\n  x\n\n  y\nz: 3\n'
    )

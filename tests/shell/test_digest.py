"""`sheaf digest` on the command line."""

from __future__ import annotations

import re
import shlex
from email import message_from_string, policy
from pathlib import Path

import pytest
import trustme

from tests.digest.conftest import Serve, Server, _skip_disk_syncs, _use_utc, authority, serve
from tests.shell.conftest import Sheaf
from tui.core import paths
from tui.docs import manual
from tui.shell.parser import make_parser
from tui.state import Change, Store

__all__ = ["_skip_disk_syncs", "_use_utc", "authority", "serve"]


@pytest.fixture
def day(sheaf: Sheaf) -> None:
    """The sample library, just added."""
    assert sheaf("add", paths.sample_library()).status == 0


def write_config(home: Path, server: Server | None = None, more: str = "") -> None:
    home.mkdir(exist_ok=True)
    port = server.port if server else 25
    text = f"[mail]\nto = 'ada@example.org'\nserver = '127.0.0.1'\nport = {port}\n"
    (home / "config.toml").write_text(f"{text}security = 'none'\n{more}")


def test_without_papers_a_message_says_so(sheaf: Sheaf, home: Path) -> None:
    done = sheaf("digest")
    assert (done.status, done.out, done.err) == (0, "", "no papers yet; sheaf add FILE\n")
    assert not home.exists()


@pytest.mark.usefixtures("day")
class TestWithPapers:
    def test_printing_a_digest_changes_nothing(self, sheaf: Sheaf) -> None:
        first = sheaf("digest", "--limit", "3")
        assert first.status == 0
        assert "\n82 new papers since " in first.out
        assert "\n 3  " in first.out
        assert "3 of 82 new papers." in first.out
        assert sheaf("digest", "--limit", "3").out == first.out

    def test_writing_a_file_saves_the_coverage(self, sheaf: Sheaf, tmp_path: Path) -> None:
        file = tmp_path / "today.html"
        assert sheaf("digest", "-o", file).out == ""
        assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
        done = sheaf("digest")
        assert (done.status, done.out, done.err) == (0, "", "no new papers\n")
        assert sheaf("digest", "--quiet").err == ""
        assert "82 new papers" in sheaf("digest", "--since", "yesterday").out

    def test_an_existing_file_is_not_replaced(self, sheaf: Sheaf, tmp_path: Path) -> None:
        file = tmp_path / "today.md"
        file.write_text("mine")
        done = sheaf("digest", "-o", file)
        assert done.status == 1
        assert "--force replaces it" in done.err
        assert file.read_text() == "mine"
        assert sheaf("digest", "--force", "-o", file).status == 0
        assert file.read_text(encoding="utf-8").startswith("# 82 new papers")

    def test_printing_with_a_dash_saves_the_coverage(self, sheaf: Sheaf) -> None:
        done = sheaf("digest", "-o", "-", "--format", "eml")
        read = message_from_string(done.out, policy=policy.default)
        assert read["Subject"].startswith("82 new papers: ")
        assert sheaf("digest").out == ""

    def test_a_digest_that_cannot_be_written_does_not_move_the_coverage(self, sheaf: Sheaf) -> None:
        assert sheaf("digest", "-o", "/no/such/folder/x.txt").status == 2
        assert "82 new papers" in sheaf("digest").out

    def test_a_query_with_excluded_words(self, sheaf: Sheaf) -> None:
        done = sheaf("digest", "mamba", "-survey", "--format", "markdown", "--limit", "1")
        assert done.out.startswith("# 3 new papers since ")
        assert "sheaf 'mamba -survey added:" in done.out

    def test_an_invalid_query_is_reported(self, sheaf: Sheaf) -> None:
        done = sheaf("digest", "mamba", "is:purple")
        assert "is:purple is not one of" in done.err

    def test_a_feed_that_has_nothing_new(self, sheaf: Sheaf, home: Path) -> None:
        with Store.open(home) as store:
            tables = {"feeds": {"hf:daily": {"followed": "2026-05-01"}}}
            store.apply(Change.of("follow", tables=tables))
        assert sheaf("digest").out == ""
        assert "3 new papers" in sheaf("digest", "mamba", "-survey").out

    def test_a_digest_is_sent_once(self, sheaf: Sheaf, home: Path, serve: Serve) -> None:
        with serve() as server:
            write_config(home, server)
            assert sheaf("digest", "--send").err == "sent to ada@example.org\n"
            done = sheaf("digest", "--send")
            assert (done.status, done.err) == (0, "no new papers; nothing was sent\n")
            assert sheaf("digest", "--send", "--quiet").err == ""
        assert len(server.got) == 1
        assert not list((home / "outbox").glob("*.json"))

    def test_mail_over_tls_uses_the_trust_of_the_system(
        self,
        sheaf: Sheaf,
        home: Path,
        serve: Serve,
        authority: trustme.CA,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        with serve("starttls") as server:
            write_config(home, server)
            file = home / "config.toml"
            text = (
                file.read_text().replace("127.0.0.1", "localhost").replace("'none'", "'starttls'")
            )
            file.write_text(text)
            assert "its certificate is not trusted" in sheaf("digest", "--send").err
            authority.cert_pem.write_to_path(home / "ca.pem")
            monkeypatch.setenv("SSL_CERT_FILE", str(home / "ca.pem"))
            assert sheaf("digest", "--send").err == "sent to ada@example.org\n"

    def test_a_dry_run_prints_what_would_be_sent(
        self,
        sheaf: Sheaf,
        home: Path,
    ) -> None:
        write_config(home)
        done = sheaf("digest", "--send", "--dry-run")
        read = message_from_string(done.out, policy=policy.default)
        assert read["To"] == "ada@example.org"
        where = "would be sent from ada@example.org to ada@example.org by 127.0.0.1:25, none\n"
        assert done.err == where
        assert not (home / "outbox").exists()
        again = message_from_string(
            sheaf("digest", "--send", "--dry-run").out, policy=policy.default
        )
        assert again["Message-ID"] == read["Message-ID"]  # the second run may have a later date
        assert again.get_body().get_content() == read.get_body().get_content()

    def test_a_failed_send_is_status_1(
        self,
        sheaf: Sheaf,
        home: Path,
        serve: Serve,
    ) -> None:
        with serve() as server:
            write_config(home, server)
            server.answers["DATA"] = ["554 no"]
            done = sheaf("digest", "--send", "--quiet")
            assert done.status == 1
            assert done.err.startswith("sheaf: 127.0.0.1: 554 no; 1 message kept")

    @pytest.mark.parametrize("words", [("--send",), ("--send", "--dry-run")])
    def test_without_mail_in_the_config(
        self,
        sheaf: Sheaf,
        home: Path,
        words: tuple[str, ...],
    ) -> None:
        done = sheaf("digest", *words)
        assert done.status == 1
        assert "config.toml has no [mail]" in done.err
        write_config(home, more="user = 'x'")
        assert "config.toml:1: mail.password-command: missing" in sheaf("digest", *words).err


@pytest.mark.parametrize(
    "words",
    [
        ("--dry-run",),
        ("--send", "--format", "html"),
        ("--send", "-o", "x"),
        ("--force",),
        ("--since", "tomorrow"),
        ("--limit", "-1"),
        ("--format", "pdf"),
        ("--nonsense",),
    ],
)
def test_wrong_use_is_status_2(sheaf: Sheaf, words: tuple[str, ...]) -> None:
    assert sheaf("digest", *words).status == 2


def test_the_timer_names_the_home(
    sheaf: Sheaf,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert f"--home {home}" in sheaf("digest", "--timer").out
    monkeypatch.delenv("SHEAF_HOME")
    assert "--home" not in sheaf("digest", "--timer").out


def test_the_commands_in_the_manual_can_be_run() -> None:
    lines = re.findall(r"^(sheaf digest.*?)(?: +#.*)?$", manual.text("digest"), re.MULTILINE)
    shown = [shlex.split(line)[1:] for line in lines if "[" not in line]
    assert len(shown) >= 6
    for words in shown:
        assert make_parser().parse_args(words).command == "digest"

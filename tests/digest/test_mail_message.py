"""The mail: nothing in a paper, a name or an address becomes a header."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.authors import authors
from tests.digest.conftest import NOW
from tests.digest.test_formats import EVIL, MAIL, digest_of
from tui.config.mail_addresses import InvalidAddress, parse_address
from tui.config.mail_section import MailSettings
from tui.core.paper import Paper
from tui.digest.entries import Digest
from tui.digest.mail_message import MAX_SUBJECT_LENGTH, compose_digest, compose_test

HEADERS = {"Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted", "MIME-Version"}
HEADERS |= {"Content-Type"}


def read_back(digest: Digest, mail: MailSettings | None = MAIL) -> EmailMessage:
    data = compose_digest(digest, mail).as_bytes()
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    found = message_from_bytes(data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def test_a_title_with_line_ends_begins_no_header() -> None:
    found = read_back(digest_of(EVIL))
    assert set(found.keys()) == HEADERS
    assert found["Subject"].startswith("1 new paper: A <script>alert(1)</script>")
    assert "Bcc: eve" in found["Subject"]


def test_a_title_of_5000_letters_is_cut() -> None:
    for title in ("x" * 5000, "é" * 5000, "日本語の論文" * 1000, "word " * 1000):
        found = read_back(digest_of(Paper(title)))
        assert len(found["Subject"]) <= MAX_SUBJECT_LENGTH
        assert found["Subject"].endswith("…")


@settings(max_examples=40)
@given(st.text(), st.text())
def test_any_title_and_name_gives_a_readable_message(title: str, name: str) -> None:
    made = digest_of(Paper(title or "x", authors(name), title + name), why=(name,))
    found = read_back(made)
    assert set(found.keys()) == HEADERS
    plain, page = found.iter_parts()
    assert plain.get_content_type() == "text/plain"
    assert page.get_content_type() == "text/html"


@settings(max_examples=40)
@given(st.text(max_size=80))
def test_any_name_before_an_address_is_preserved_or_rejected(name: str) -> None:
    try:
        sender = parse_address(f"{name} <me@example.org>")
    except InvalidAddress:
        return
    found = read_back(digest_of(EVIL), MAIL._replace(sender=sender, to=(sender, "b@c.org")))
    assert set(found.keys()) == HEADERS
    assert [each.addr_spec for each in found["To"].addresses] == ["me@example.org", "b@c.org"]
    (back,) = found["From"].addresses
    # Without spaces: the parser of Python 3.11 keeps those between two encoded words.
    before = sender.rpartition("<")[0]
    assert "".join(back.display_name.split()) == "".join(before.split())


def test_the_id_is_made_from_the_content() -> None:
    first = compose_digest(digest_of(EVIL), MAIL)
    again = compose_digest(replace(digest_of(EVIL), created=NOW.replace(hour=9)), MAIL)
    assert first["Message-ID"] == again["Message-ID"]
    others = [
        compose_digest(digest_of(EVIL._replace(title="Another")), MAIL),
        compose_digest(digest_of(EVIL), MAIL._replace(to=("b@c.org",))),
        compose_digest(replace(digest_of(EVIL), created=NOW.replace(day=8)), MAIL),
    ]
    ids = {first["Message-ID"], *(other["Message-ID"] for other in others)}
    assert len(ids) == 4
    assert first["Message-ID"].endswith("@example.org>")


def test_without_mail_settings_the_message_has_a_default_sender() -> None:
    found = read_back(digest_of(EVIL), None)
    assert set(found.keys()) == HEADERS - {"To"}
    assert found["From"] == "Sheaf <sheaf@localhost>"


def test_a_test_message_says_that_it_is_a_test() -> None:
    made = compose_test(MAIL, NOW)
    assert made["Subject"] == "A test of Sheaf's digest"
    assert made.get_content_type() == "text/plain"
    assert made["Message-ID"] != compose_test(MAIL, NOW.replace(second=1))["Message-ID"]


@pytest.mark.parametrize("text", ["From here", ".", "--sheaf-0", "=3D", "x" * 2000])
def test_lines_with_special_meaning_in_mail_survive(text: str) -> None:
    found = read_back(digest_of(Paper(text, abstract=text)))
    plain, _ = found.iter_parts()
    assert text[:60] in plain.get_content()

"""Sending to a real server: each message arrives once, whatever is interrupted."""

from __future__ import annotations

import socket
import ssl
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.authors import authors
from tests.digest.conftest import (
    NOW,
    WORD,
    Recorder,
    Serve,
    Server,
    add_hours_ago,
    digest,
    mail_settings,
    paper,
)
from tui.config import Config
from tui.config.findings import Problem
from tui.config.mail_section import MailSettings
from tui.core.errors import SheafError
from tui.digest.coverage import load_coverage
from tui.digest.outbox import Outbox
from tui.digest.sending import RETRY_DELAYS, require_mail, send_digest
from tui.library.library import Library

LOGIN = {"user": "ada", "password_command": (sys.executable, "-c", f"print('{WORD}')")}


def send(
    library: Library, mail: MailSettings, recorder: Recorder, server: Server, **options: float
) -> bool:
    return send_digest(library, mail, lambda: digest(library), recorder.options(server, **options))


def count_waiting(library: Library) -> int:
    return len(Outbox(library.home).load_messages())


@pytest.mark.parametrize("security", ["starttls", "tls", "none"])
def test_a_digest_arrives_complete(
    library: Library, serve: Serve, recorder: Recorder, security: str
) -> None:
    add_hours_ago(
        library,
        [paper("Éclairs", authors=authors("Zoë Ünal"), abstract="We bake. We eat. We rest.")],
    )
    with serve(security, auth=True) as server:
        mail = mail_settings(
            server, security=security, to=("Ünal <z@example.org>", "b@c.org"), **LOGIN
        )
        assert send(library, mail, recorder, server)
    ((to, message),) = server.got
    assert to == ["z@example.org", "b@c.org"]
    assert server.logins[-1] == ("ada", WORD)
    assert message["Subject"] == "1 new paper: On the Matter of Éclairs"
    assert [each.display_name for each in message["To"].addresses] == ["Ünal", ""]
    assert message.get_content_type() == "multipart/alternative"
    plain, page = message.iter_parts()
    assert "Zoë Ünal" in plain.get_content()
    assert "We bake. We eat." in page.get_content()
    assert "We rest" not in page.get_content()
    assert server.raw[0].isascii()
    assert not message.defects
    assert recorder.words == "sent to z@example.org, b@c.org"
    assert count_waiting(library) == 0


def test_the_next_digest_begins_after_the_one_that_was_sent(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("First")])
    with serve() as server:
        assert send(library, mail_settings(server), recorder, server)
        assert send(library, mail_settings(server), recorder, server)
        assert len(server.got) == 1
        assert recorder.said[-1] == "no new papers; nothing was sent"
        add_hours_ago(library, [paper("Second")], hours_ago=1)
        assert send(library, mail_settings(server), recorder, server)
    assert "Second" in server.got[1][1]["Subject"]


def test_a_busy_server_is_tried_again_with_growing_delays(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Patience")])
    with serve() as server:
        server.answers["DATA"] = ["451 busy", "451 busy"]
        assert send(library, mail_settings(server), recorder, server)
    assert len(server.got) == 1
    assert len(recorder.slept) == 2
    assert RETRY_DELAYS[0] * 0.7 < recorder.slept[0] < RETRY_DELAYS[0] * 1.3
    assert RETRY_DELAYS[1] * 0.7 < recorder.slept[1] < RETRY_DELAYS[1] * 1.3
    assert recorder.warned == []


def test_a_message_for_a_busy_server_is_sent_once_next_time(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Patience")])
    with serve() as server:
        server.answers["DATA"] = ["451 busy"] * (1 + len(RETRY_DELAYS))
        assert not send(library, mail_settings(server), recorder, server)
        assert server.got == []
        assert recorder.warned == [
            "localhost: 451 busy; 1 message kept for the next `sheaf digest --send`"
        ]
        add_hours_ago(library, [paper("Zeal")], hours_ago=1)
        assert send(library, mail_settings(server), recorder, server)
        assert send(library, mail_settings(server), recorder, server)
    subjects = [message["Subject"] for _, message in server.got]
    assert [subject.split()[-1] for subject in subjects] == ["Patience", "Zeal"]


def test_a_permanent_error_is_not_retried_at_once(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Spam")])
    with serve() as server:
        server.answers["DATA"] = ["554 no \x1b[31mthanks"]
        assert not send(library, mail_settings(server), recorder, server)
        assert recorder.slept == []
        assert "554 no [31mthanks; 1 message kept" in recorder.words
        assert send(library, mail_settings(server), recorder, server)
    assert len(server.got) == 1


@pytest.mark.parametrize("how", ["hang", "cut"])
@pytest.mark.parametrize("when", ["RCPT", "DATA"])
def test_a_server_that_hangs_or_disconnects_is_tried_again(
    library: Library, serve: Serve, recorder: Recorder, how: str, when: str
) -> None:
    add_hours_ago(library, [paper("Silence")])
    with serve() as server:
        server.answers[when] = [how]
        assert send(library, mail_settings(server), recorder, server, timeout=0.4)
    assert len(server.got) == 1
    assert recorder.slept
    assert ("does not answer" in recorder.words) == (how == "hang")
    assert ("ended the connection" in recorder.words) == (how == "cut")


def test_an_unreachable_server_loses_nothing(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Absence")])
    with serve() as server:
        mail = mail_settings(server)
    assert not send(library, mail, recorder, server)
    assert len(recorder.slept) == len(RETRY_DELAYS)
    assert "refused; 1 message kept" in recorder.words
    assert count_waiting(library) == 1


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_a_silent_server_times_out(library: Library, recorder: Recorder, security: str) -> None:
    add_hours_ago(library, [paper("Mute")])
    with socket.create_server(("127.0.0.1", 0)) as listening:
        there = Server(listening.getsockname()[1], ssl.create_default_context())
        mail = mail_settings(there, security=security, server="127.0.0.1")
        assert not send(library, mail, recorder, there, timeout=0.05)
    assert len(recorder.slept) == len(RETRY_DELAYS)
    assert recorder.warned[0].startswith("127.0.0.1: does not answer; 1 message kept")


def test_a_server_that_disconnects_at_once(library: Library, recorder: Recorder) -> None:
    add_hours_ago(library, [paper("Short")])
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def turn_away() -> None:
            for _ in range(1 + len(RETRY_DELAYS)):
                listening.accept()[0].close()

        thread = threading.Thread(target=turn_away)
        thread.start()
        there = Server(listening.getsockname()[1])
        assert not send(library, mail_settings(there, server="127.0.0.1"), recorder, there)
        thread.join(10)
    assert recorder.warned[0].startswith("127.0.0.1: ended the connection; 1 message kept")


def test_after_a_lost_answer_the_same_message_is_sent_again(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Doubt")])
    with serve() as server:
        server.answers["DATA"] = ["250 cut"]
        assert send(library, mail_settings(server), recorder, server)
    ids = {message["Message-ID"] for _, message in server.got}
    assert len(server.got) == 2
    assert len(ids) == 1
    assert server.raw[0] == server.raw[1]


def test_the_next_run_sends_only_to_the_missing_addresses(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Three")])
    with serve() as server:
        mail = mail_settings(server, to=("a@x.org", "b@x.org", "c@x.org"))
        server.answers["RCPT"] = ["250 OK", "450 later", "550 unknown"]
        assert not send(library, mail, recorder, server)
        assert "sent to a@x.org" in recorder.said
        assert any("b@x.org: 450 later" in words for words in recorder.warned)
        server.answers["RCPT"] = ["250 OK", "550 unknown"]
        assert not send(library, mail, recorder, server)
        assert send(library, mail, recorder, server)
    assert [to for to, _ in server.got] == [["a@x.org"], ["b@x.org"], ["c@x.org"]]
    assert len({message["Message-ID"] for _, message in server.got}) == 1


def test_a_refusal_is_reported_for_each_address(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Nobody")])
    with serve() as server:
        server.answers["RCPT"] = ["550 unknown"]
        assert not send(library, mail_settings(server), recorder, server)
    assert recorder.warned[0].startswith("localhost: ada@example.org: 550 unknown; 1 message kept")


def test_an_untrusted_certificate_is_refused_before_anything_is_sent(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Trust")])
    for security in ("starttls", "tls"):
        with serve(security, auth=True) as server:
            mail = mail_settings(server, security=security, **LOGIN)
            server.context = None
            assert not send(library, mail, recorder, server)
        assert server.logins == []
        assert server.got == []
        assert "its certificate is not trusted: " in recorder.warned[-1]
    assert recorder.slept == []


def test_a_certificate_of_another_name_is_refused(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Names")])
    with serve("tls") as server:
        mail = mail_settings(server, security="tls", server="127.0.0.1")
        assert not send(library, mail, recorder, server)
    assert "certificate is not trusted" in recorder.words


def test_without_starttls_nothing_is_sent_unencrypted(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Clear")])
    with serve("none", auth=True) as server:
        mail = mail_settings(server, security="starttls", **LOGIN)
        assert not send(library, mail, recorder, server)
    assert server.logins == []
    assert "offers no STARTTLS" in recorder.words


def test_a_server_without_tls_is_reported(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Wrong Port")])
    with serve("none") as server:
        assert not send(library, mail_settings(server, security="tls"), recorder, server)
    assert f"does not speak TLS at port {server.port}; check security and port" in recorder.words


def test_a_wrong_password_is_reported_and_never_shown(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Keys")])
    wrong = "not the right one"
    command = (sys.executable, "-c", f"print({wrong!r})")
    with serve("starttls", auth=True) as server:
        mail = mail_settings(server, security="starttls", user="ada", password_command=command)
        assert not send(library, mail, recorder, server)
    assert "does not let ada log in: 535" in recorder.words
    assert wrong not in recorder.words
    assert recorder.slept == []
    for path in library.home.rglob("*"):
        assert not path.is_file() or wrong.encode() not in path.read_bytes()


def test_a_password_the_server_repeats_is_left_out(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Echo")])
    with serve(auth=True) as server:
        server.answers["RCPT"] = [f"550 {WORD}? never heard"]
        assert not send(library, mail_settings(server, **LOGIN), recorder, server)
    assert "550 …? never heard" in recorder.words
    assert WORD not in recorder.words


def test_a_password_beyond_ascii_is_refused_without_showing_it(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Letters")])
    command = (sys.executable, "-c", "import sys; sys.stdout.buffer.write('pässwörd'.encode())")
    with serve(auth=True) as server:
        mail = mail_settings(server, user="ada", password_command=command)
        assert not send(library, mail, recorder, server)
    assert "must be ASCII" in recorder.words
    assert "pässwörd" not in recorder.words


def test_a_server_without_login_is_reported(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Doors")])
    with serve() as server:
        assert not send(library, mail_settings(server, **LOGIN), recorder, server)
    assert "leave out user" in recorder.words


def test_without_a_password_the_message_is_kept(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Locks")])
    with serve(auth=True) as server:
        broken = mail_settings(server, user="ada", password_command=("no-such-program",))
        assert not send(library, broken, recorder, server)
        assert "no-such-program" in recorder.words
        assert send(library, mail_settings(server, **LOGIN), recorder, server)
    assert len(server.got) == 1


def test_two_processes_send_once(library: Library, serve: Serve, recorder: Recorder) -> None:
    add_hours_ago(library, [paper("Crowds")])
    with serve() as server:
        mail = mail_settings(server)
        with (
            Outbox(library.home).lock(),
            pytest.raises(SheafError, match="another digest is being sent right now"),
        ):
            send(library, mail, recorder, server)
        assert send(library, mail, recorder, server)
    assert len(server.got) == 1


class Crash(BaseException):
    """The process ends at once."""


@pytest.mark.parametrize(
    "where",
    [
        "tui.digest.sending.save_coverage",
        "tui.digest.sending.password_command.read_password",
        "tui.digest.smtp.send_message",
    ],
)
def test_a_crash_before_the_server_is_asked_loses_nothing_and_repeats_nothing(
    library: Library, serve: Serve, recorder: Recorder, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def crash(*_: object) -> None:
        raise Crash

    add_hours_ago(library, [paper("Crash")])
    with serve(auth=True) as server:
        mail = mail_settings(server, **LOGIN)
        with monkeypatch.context() as patched:
            patched.setattr(where, crash)
            with pytest.raises(Crash):
                send(library, mail, recorder, server)
        assert server.got == []
        add_hours_ago(library, [paper("Morrow")], hours_ago=1)
        assert send(library, mail, recorder, server)
        assert send(library, mail, recorder, server)
    subjects = sorted(message["Subject"].split()[-1] for _, message in server.got)
    assert subjects == ["Crash", "Morrow"]


def test_a_crash_after_the_log_repeats_nothing(
    library: Library, serve: Serve, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise Crash

    add_hours_ago(library, [paper("Late Crash")])
    with serve() as server:
        with monkeypatch.context() as patched:
            patched.setattr(Outbox, "remove", crash)
            with pytest.raises(Crash):
                send(library, mail_settings(server), recorder, server)
        assert count_waiting(library) == 1
        assert send(library, mail_settings(server), recorder, server)
    assert len(server.got) == 1
    assert count_waiting(library) == 0


def test_a_log_that_cannot_be_written_is_reported_and_the_message_sent_once(
    library: Library, serve: Serve, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raise_disk_full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    add_hours_ago(library, [paper("Full Disk")])
    with serve() as server:
        monkeypatch.setattr(Outbox, "log_accepted", raise_disk_full)
        assert send(library, mail_settings(server), recorder, server)
        assert send(library, mail_settings(server), recorder, server)
    assert len(server.got) == 1
    assert "it may be sent again" in recorder.words


def test_the_same_digest_requested_twice_is_sent_once(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Repeats")])
    with serve() as server:
        for _ in range(2):
            assert send_digest(
                library,
                mail_settings(server),
                lambda: digest(library, since="7d"),
                recorder.options(server),
            )
    assert len(server.got) == 1
    assert recorder.said[-1] == "this digest was sent before; nothing was sent"


def test_after_a_week_a_message_becomes_a_file_in_undelivered(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Ages")])
    with serve() as server:
        server.answers["DATA"] = ["554 no", "554 no", "554 no"]
        assert not send(library, mail_settings(server), recorder, server)
        recorder.time = NOW + timedelta(days=6)
        assert not send(library, mail_settings(server), recorder, server)
        assert count_waiting(library) == 1
        recorder.time = NOW + timedelta(days=8)
        assert not send(library, mail_settings(server), recorder, server)
        assert send(library, mail_settings(server), recorder, server)
    assert count_waiting(library) == 0
    (path,) = (library.home / "outbox" / "undelivered").iterdir()
    assert b"Subject: 1 new paper: On the Matter of Ages" in path.read_bytes()
    assert str(path) in recorder.words
    assert server.got == []


def test_a_damaged_file_in_the_outbox_is_reported_and_the_rest_is_sent(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Damage")])
    with serve() as server:
        for name, data in (("a", b"{"), ("b", b"[]"), ("c", b'{"id": 3}'), ("d", b"\xff")):
            folder = library.home / "outbox"
            folder.mkdir(exist_ok=True)
            (folder / f"{name}.json").write_bytes(data)
        assert not send(library, mail_settings(server), recorder, server)
    assert len(server.got) == 1
    assert len(recorder.warned) == 4


def test_a_truncated_log_is_continued_on_a_new_line(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Torn")])
    folder = library.home / "outbox"
    folder.mkdir()
    (folder / "sent.log").write_bytes(b"2026-05-06T07:00:00 sheaf.0@x.o")
    with serve() as server:
        assert send(library, mail_settings(server), recorder, server)
    assert (folder / "sent.log").read_text().splitlines()[1].endswith(" ada@example.org")


def test_the_outbox_is_readable_only_by_the_user(
    library: Library, serve: Serve, recorder: Recorder
) -> None:
    add_hours_ago(library, [paper("Privacy")])
    with serve() as server:
        assert send(library, mail_settings(server), recorder, server)
    assert (library.home / "outbox").stat().st_mode & 0o077 == 0
    assert load_coverage(library.store, "")


def test_a_config_without_mail_says_what_is_wrong_with_it() -> None:
    with pytest.raises(SheafError, match=r"has no \[mail\]"):
        require_mail(Config())
    wrong = Problem(Path("config.toml"), 3, "mail.to", "missing", "no mail is sent")
    other = wrong._replace(key="rows")
    with pytest.raises(SheafError, match=r"config\.toml:3: mail\.to: missing") as caught:
        require_mail(Config(problems=(wrong, other)))
    assert "rows" not in str(caught.value)


def test_a_file_in_place_of_the_outbox_is_reported(home: Path) -> None:
    home.mkdir()
    (home / "outbox").write_text("not a folder", encoding="utf-8")
    with pytest.raises(SheafError, match="cannot be made"), Outbox(home).lock():
        pass

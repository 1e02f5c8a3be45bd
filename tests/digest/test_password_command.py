"""The password from the user's own program."""

from __future__ import annotations

import sys

import pytest

from tui.digest.password_command import MAX_OUTPUT, PasswordError, read_password


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("print('hunter2')", "hunter2"),
        ("print('first'); print('user: ada')", "first"),
        ("print(' spaces  stay ', end='')", " spaces  stay "),
        ("print('windows', end='\\r\\n')", "windows"),
        ("import sys; sys.stdout.buffer.write('pässword'.encode())", "pässword"),
        ("import sys; print('said'); print('noise', file=sys.stderr)", "said"),
    ],
)
def test_the_password_is_the_first_line(code: str, word: str) -> None:
    assert read_password(python(code)) == word


def test_no_shell_reads_the_command() -> None:
    words = [*python("import sys; print(sys.argv[1])"), "$HOME; echo `x` | y"]
    assert read_password(words) == "$HOME; echo `x` | y"


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (["/no/such/program"], "No such file"),
        (["/"], "/: "),
        (python("import sys; print('hunter2'); sys.exit(3)"), "status 3"),
        (python(""), "printed nothing"),
        (python("print()"), "printed nothing"),
        (python("import sys; sys.stdout.buffer.write(b'\\xff\\xfe')"), "not text"),
        (python(f"print('hunter2' * {MAX_OUTPUT})"), "more than a password"),
        (python("while True: print('hunter2')"), "more than a password"),
    ],
)
def test_the_error_is_reported_without_the_output(command: list[str], why: str) -> None:
    with pytest.raises(PasswordError, match=why) as caught:
        read_password(command, timeout=20)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_slow_program_is_stopped() -> None:
    for code in ("import time; time.sleep(60)", "import time; print('x'); time.sleep(60)"):
        with pytest.raises(PasswordError, match=r"longer than 0\.1 s"):
            read_password(python(code), timeout=0.1)

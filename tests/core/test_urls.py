"""Which texts are web URLs, and which of them may be linked to."""

from __future__ import annotations

import pytest

from tui.core.urls import find_code_url, is_web_url, web_url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://127.0.0.1:80/x", True),
        ("https://ada:secret@[::1]:8080", True),
        ("HTTPS://bücher.example/ä", True),
        ("x.org", False),
        ("//x.org", False),
        ("ftp://x.org", False),
        ("http://", False),
        ("http://:80", False),
        ("http://x.org:99999", False),
        ("http://x.org/a b", False),
        ("http://x.org/a\n", False),
        ("http://[::1", False),
    ],
)
def test_a_web_url_has_a_scheme_a_host_and_no_spaces(text: str, expected: bool) -> None:
    assert is_web_url(text) == expected


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://arxiv.org/abs/2402.18668", "https://arxiv.org/abs/2402.18668"),
        ("HTTP://A.example:8080/x?y=ü#z", "http://a.example:8080/x?y=%C3%BC#z"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        (" https://a.example/%20b ", "https://a.example/%20b"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//a.example/x", ""),
        ("https://", ""),
        ("https://user@a.example/", ""),
        ("https://a.example:x/", ""),
        ("https://a b.example/", ""),
        ("https://a.example/\nx", ""),
        ("https://a.example/\u202ex", ""),
        ("https://a<b>.example/", ""),
        ("https://[::1/", ""),
        ("https://a.example/" + "x" * 3000, ""),
        ("", ""),
    ],
)
def test_only_links_to_the_web_are_shown(url: str, shown: str) -> None:
    assert web_url(url) == shown


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("The code is at https://github.com/ada/engine.", "https://github.com/ada/engine"),
        ("(see gitlab.com/ada/engine).", "https://gitlab.com/ada/engine"),
        ("20 times fasterhttps://github.com/ada/engine", "https://github.com/ada/engine"),
        (r"\url{https://www.github.com/ada/engine}.", "https://www.github.com/ada/engine"),
        ("https://bitbucket.org/ada/engine_(old), and", "https://bitbucket.org/ada/engine_(old)"),
        ("[data](https://huggingface.co/datasets/ada)!", "https://huggingface.co/datasets/ada"),
        ("https://doi.org/10.5281/zenodo.1234;", "https://doi.org/10.5281/zenodo.1234"),
        ("https://huggingface.co/papers/2401.00001", ""),
        ("mail ada@github.com/x or notgithub.com/x", ""),
        ("we thank https://github.com/", ""),
        ("", ""),
    ],
)
def test_a_url_of_code_is_found_in_running_text(text: str, url: str) -> None:
    assert find_code_url(text) == url

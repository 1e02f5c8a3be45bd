"""Tags and text of web pages."""

from __future__ import annotations

import pytest

from tui.sources.engines.html import parse_attributes, parse_html


def test_tags_and_text_come_in_order_without_scripts_and_comments() -> None:
    page = "<p>A &amp; b<!-- <i> --><script>if (a < b) '<p>'</script><BR/>c</p>"
    assert [(name, text.strip(" /")) for name, text in parse_html(page)] == [
        ("p", ""), ("", "A & b"), ("br", ""), ("", "c"), ("/p", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("page", ["1 < 2 and 3 > 2", "x <- y", "<3"])
def test_a_sign_that_begins_no_tag_is_text(page: str) -> None:
    assert "".join(text for _, text in parse_html(page)) == page


def test_a_quoted_value_may_contain_a_bracket_and_an_apostrophe_does_not_quote() -> None:
    (_, first), (_, second), text = parse_html("<a title='1 > 0' href=x><b title=don't>Text")
    assert parse_attributes(first) == {"title": "1 > 0", "href": "x"}
    assert parse_attributes(second)["title"] == "don"
    assert text == ("", "Text")


def test_what_never_closes_goes_on_to_the_end() -> None:
    assert [name for name, _ in parse_html("<p>a<!-- b <i>c</i>")] == ["p", ""]

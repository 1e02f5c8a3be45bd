"""Mails: alerts of Google Scholar, tables of contents, and feeds made of such mails."""

from __future__ import annotations

import quopri
from html import escape
from pathlib import Path

from tests.sources.reading import read_text

HEADERS = "From: Alerts <a@example.org>\nTo: me@example.org\nSubject: ice - new results\n"
ITEM = (
    '<h3><span>[PDF]</span> <a href="https://scholar.google.com/scholar_url?url={url}&amp;hl=en"'
    ' class="gse_alrt_title">{title}</a></h3><div style="color:#006621">{line}</div>'
    '<div class="gse_alrt_sni">We measure ice …</div><br>'
)
ALERT = ITEM.format(
    url="https://arxiv.org/pdf/2401.99901",
    title="On <b>ice</b>",
    line="A Roe, B Bell… - arXiv, 2024",
) + ITEM.format(
    url="https://www.nature.com/articles/s41586-024-00002-2",
    title="On snow",
    line="C Poe - Journal of Snow, 2023 - Publisher",
)


def test_an_alert_of_google_scholar_is_read(tmp_path: Path) -> None:
    body = quopri.encodestring(ALERT.encode()).decode()
    mail = (
        f"{HEADERS}MIME-Version: 1.0\nContent-Type: text/html; charset=UTF-8\n"
        f"Content-Transfer-Encoding: quoted-printable\n\n{body}"
    )
    for text in (mail, f"<html><body>{ALERT}</body></html>"):
        (ice, snow), rejected = read_text(tmp_path, text)
        assert rejected == []
        assert (ice.title, ice.published, ice.ids) == ("On ice", "2024", {"arxiv": "2401.99901"})
        assert [str(name) for name in ice.authors][:2] == ["A Roe", "B Bell"]
        assert (snow.title, snow.venue) == ("On snow", "Journal of Snow")
        assert snow.links["abs"] == "https://www.nature.com/articles/s41586-024-00002-2"


def test_a_feed_of_alerts_is_read(tmp_path: Path) -> None:
    feed = (
        "<rss><channel><item><title>ice - new results</title><link>https://example.org/1</link>"
        f"<description>{escape(ALERT)}</description></item></channel></rss>"
    )
    papers, rejected = read_text(tmp_path, feed)
    assert [paper.title for paper in papers] == ["On ice", "On snow"]
    assert rejected == []


def test_a_mail_with_a_page_and_a_text_is_read_from_its_page(tmp_path: Path) -> None:
    page = '<p><a href="https://doi.org/10.5555/abc">A study of ice on small lakes</a></p>'
    mail = (
        f'{HEADERS}MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nSee the page.\n"
        f"--b\nContent-Type: text/html; charset=utf-8\n\n{page}\n--b--\n"
    )
    (paper,), _ = read_text(tmp_path, mail)
    assert (paper.title, paper.ids) == ("A study of ice on small lakes", {"doi": "10.5555/abc"})


def test_links_in_a_mail_of_plain_text_are_read(tmp_path: Path) -> None:
    text = f"{HEADERS}\nA study of ice on small lakes https://arxiv.org/abs/2401.99901\n"
    (paper,), _ = read_text(tmp_path, text)
    assert paper.ids == {"arxiv": "2401.99901"}


def test_an_address_that_is_none_costs_only_the_link(tmp_path: Path) -> None:
    item = ITEM.format(url="http://[x", title="On ice", line="A Roe - Journal of Ice, 2024")
    item = item.replace("https://scholar.google.com/scholar_url", "http://[scholar_url")
    (paper,), rejected = read_text(tmp_path, f"<html>{item}</html>")
    assert (paper.title, paper.venue, dict(paper.links)) == ("On ice", "Journal of Ice", {})
    assert rejected == []

"""Files in any encoding are read right, and a guess is never silent."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources.reading import TODAY, read_text
from tui.core.paper import Paper
from tui.sources.encodings import Utf8Converter, decode, guess_encoding
from tui.sources.interface import Notice
from tui.sources.reader import read, read_bytes

POLISH = ("Żółte źródła gęstej mgły nad łąką", "Łucja Wąsik", "Przegląd Pogody")
CZECH = ("Přehled říčních usazenin v povodí", "Jiří Dvořák", "Časopis o vodě")
HUNGARIAN = ("A sűrű köd időtartama a völgyekben", "Győző Kőrösi", "Időjárás")
FRENCH = ("Étude des forêts brûlées où naît l'été", "François Lefèvre", "Revue générale")
GERMAN = ("Über die Größe dünner Schichten", "Jörg Weiß", "Zeitschrift für Schichten")
SPANISH = ("El niño y la montaña según los pastores", "José Núñez", "Revista de España")
PORTUGUESE = ("Avaliação da água no verão", "João Conceição", "Ciências")
TURKISH = ("Güçlü rüzgârların kıyı şeridine etkisi", "Şükrü Yılmaz", "İklim Dergisi")
RUSSIAN = ("Методы измерения толщины льда", "Иван Петров", "Вестник льда")
GREEK = ("Μέθοδοι μέτρησης του πάγου", "Γιώργος Παππάς", "Περιοδικό")
CHINESE = ("基于雷达的薄冰厚度测量方法研究", "陈伟", "冰川学报")
TAIWANESE = ("以雷達測量薄冰厚度之方法研究", "林小明", "冰川學報")
JAPANESE = ("レーダーによる薄い氷の厚さの測定", "山田太郎", "氷河学会誌")
HEBREW = ("מדידת עובי הקרח באגם", "משה כהן", "כתב העת")
THAI = ("การวัดความหนาของน้ำแข็ง", "สมชาย ใจดี", "วารสาร")
LITHUANIAN = ("Ežerų ledo storio tyrimas žiemą", "Šarūnas Jonušas", "Žurnalas")
KOREAN = ("레이더를 이용한 얇은 얼음 두께 측정", "김철수", "빙하학회지")

CASES = [
    ("cp1250", POLISH, "windows-1250"),
    ("cp1250", CZECH, "windows-1250"),
    ("cp1250", HUNGARIAN, "windows-1250"),
    ("latin-1", FRENCH, "windows-1252"),
    ("latin-1", GERMAN, "windows-1252"),
    ("latin-1", SPANISH, "windows-1252"),
    ("latin-1", PORTUGUESE, "windows-1252"),
    ("cp1254", TURKISH, "windows-1254"),
    ("cp1251", RUSSIAN, "windows-1251"),
    ("koi8-r", RUSSIAN, "KOI8-R"),
    ("iso8859-2", POLISH, "ISO-8859-2"),
    ("iso8859-5", RUSSIAN, "ISO-8859-5"),
    ("cp1255", HEBREW, "windows-1255"),
    ("cp1257", LITHUANIAN, "windows-1257"),
    ("tis-620", THAI, "windows-874"),
    ("cp1253", GREEK, "windows-1253"),
    ("gbk", CHINESE, "GB18030"),
    ("big5", TAIWANESE, "BIG5"),
    ("shift-jis", JAPANESE, "Shift-JIS"),
    ("euc-jp", JAPANESE, "EUC-JP"),
    ("euc-kr", KOREAN, "EUC-KR"),
    ("mac-roman", FRENCH, "Mac Roman"),
]

BIBTEX = """@article{{smith2001, title = {{Ice on a small lake}}, year = {{2001}}}}

@article{{key1,
  title = {{{0}}},
  author = {{{1}}},
  journal = {{{2}}},
  year = {{2014}}
}}
"""
RIS = "TY  - JOUR\nTI  - {0}\nAU  - {1}\nJO  - {2}\nPY  - 2014\nER  - \n"
CSV = "Title,Authors,Publication Title,Year\n{0},{1},{2},2014\n"


@pytest.mark.parametrize("template", [BIBTEX, RIS, CSV], ids=["bibtex", "ris", "csv"])
@pytest.mark.parametrize(("encoding", "texts", "label"), CASES)
def test_a_file_that_declares_no_encoding_is_read_right_and_the_guess_is_told(
    tmp_path: Path, template: str, encoding: str, texts: tuple[str, str, str], label: str
) -> None:
    path = tmp_path / "papers"
    path.write_bytes(template.format(*texts).encode(encoding))
    *papers, notice = read(str(path), TODAY)
    paper = papers[-1]
    assert isinstance(paper, Paper)
    assert (paper.title, str(paper.author_names[0]), paper.venue) == texts
    assert notice == Notice(str(path), f"read as {label}: it is not UTF-8 and declares no encoding")


@pytest.mark.parametrize(
    ("encoding", "declaration"),
    [
        ("cp1250", "% Encoding: windows-1250"),
        ("cp1250", "% Encoding: Cp1250"),
        ("iso8859-2", "% This file was written by a program.\n% Encoding: ISO8859_2"),
        ("iso8859-2", "% -*- coding: latin-2 -*-"),
        ("utf-8", "% Encoding: windows-1250"),
    ],
)
def test_a_declared_encoding_is_used_without_a_notice(
    tmp_path: Path, encoding: str, declaration: str
) -> None:
    path = tmp_path / "papers"
    path.write_bytes(f"{declaration}\n\n{BIBTEX.format(*POLISH)}".encode(encoding))
    _, paper = read(str(path), TODAY)
    assert isinstance(paper, Paper)
    assert paper.title == POLISH[0]


def test_web_pages_and_xml_declare_their_encoding(tmp_path: Path) -> None:
    title = CHINESE[0]
    page = f'<html><head><meta charset="gb2312"><meta name="citation_title" content="{title}">'
    dblp = (
        '<?xml version="1.0" encoding="GBK"?><dblp><article>'
        f"<title>{title}</title></article></dblp>"
    )
    feed = (
        '<?xml version="1.0" encoding="windows-1250"?><rss><channel><item><link>https://arxiv.org/'
        f"abs/2401.00001</link><title>{POLISH[0]}</title></item></channel></rss>"
    )
    for content in (page.encode("gbk"), dblp.encode("gbk"), feed.encode("cp1250")):
        (paper,), rejected = read_text(tmp_path, content)
        assert paper.title == (POLISH[0] if content.endswith(b"</rss>") else title)
        assert rejected == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_marked_and_wide_text_is_read(tmp_path: Path, encoding: str) -> None:
    papers, rejected = read_text(tmp_path, RIS.format(*POLISH).encode(encoding))
    assert [paper.title for paper in papers] == [POLISH[0]]
    assert rejected == []


@pytest.mark.parametrize("declaration", ["", "% Encoding: ISO-2022-JP\n"])
def test_seven_bit_encodings_are_known_by_their_escapes(tmp_path: Path, declaration: str) -> None:
    text = declaration + BIBTEX.format(*JAPANESE)
    papers, _ = read_text(tmp_path, text.encode("iso2022_jp"))
    assert papers[-1].title == JAPANESE[0]


def test_a_few_bytes_of_another_encoding_are_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "papers"
    path.write_bytes(RIS.format(*POLISH).encode() + RIS.format(*GERMAN).encode("latin-1"))
    first, second, notice = read(str(path), TODAY)
    assert isinstance(first, Paper)
    assert isinstance(second, Paper)
    assert (first.title, second.title) == (POLISH[0], GERMAN[0])
    assert str(notice).endswith("some bytes are not UTF-8; they are read as windows-1252")


def test_bytes_that_mean_nothing_in_the_declared_encoding_are_told(tmp_path: Path) -> None:
    path = tmp_path / "papers"
    path.write_bytes(b"% Encoding: windows-1250\n@misc{a, title={A \x81 of \xe6things}}")
    _, notice = read(str(path), TODAY)
    assert isinstance(notice, Notice)
    assert notice.text == "some bytes mean nothing in cp1250"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
@pytest.mark.parametrize(
    ("encoding", "text"),
    [("utf-8", JAPANESE[0]), ("gbk", f"% Encoding: GBK {CHINESE[0]}"), ("utf-16", POLISH[0])],
)
def test_pieces_may_end_inside_a_character(size: int, encoding: str, text: str) -> None:
    data = (text + "\n").encode(encoding)
    head = 16  # up to the end of the declaration
    pieces = [data[:head], *(data[at : at + size] for at in range(head, len(data), size))]
    converter = Utf8Converter()
    assert b"".join(converter.convert_all(pieces)).decode() == text + "\n"


@pytest.mark.parametrize(
    ("charset", "notice"),
    [
        ("windows-1250", ""),
        ("Windows-1250", ""),
        ("utf-8", "read as windows-1250: it is not UTF-8 and declares no encoding"),
        ("nonsense", "read as windows-1250: it is not UTF-8 and declares no encoding"),
        ("", "read as windows-1250: it is not UTF-8 and declares no encoding"),
    ],
)
def test_the_encoding_that_a_web_server_names_is_used(charset: str, notice: str) -> None:
    body = BIBTEX.format(*POLISH).encode("cp1250")
    _, paper, *notices = read_bytes(body, "a.example", TODAY, charset=charset)
    assert isinstance(paper, Paper)
    assert paper.title == POLISH[0]
    assert notices == ([Notice("a.example", notice)] if notice else [])


def test_a_web_server_is_believed_before_the_page_but_not_before_utf_8() -> None:
    page = f"<meta charset=windows-1252><title>{POLISH[0]}</title>"
    for encoding, charset in (("cp1250", "windows-1250"), ("utf-8", "iso-8859-1")):
        converter = Utf8Converter(charset)
        assert converter.convert(page.encode(encoding), final=True).decode() == page
        assert not converter.notice


def test_a_piece_that_ends_with_an_accent_does_not_show_utf_8() -> None:
    data = "Only English words up to here, and then: Über die Größe dünner Schichten\n"
    first, rest = data.encode("cp1250").split(b"ber", 1)
    converter = Utf8Converter()
    assert b"".join(converter.convert_all([first, b"ber" + rest])).decode() == data
    assert converter.notice.startswith("read as windows-1252")


def test_a_text_that_ends_inside_a_character_is_read() -> None:
    assert decode(b"caf\xe9") == "café"
    assert decode(b"") == ""


def test_the_detector_is_imported_only_where_it_is_needed() -> None:
    program = (
        "import sys, tui.sources.reader as reader\n"
        "from datetime import date\n"
        "list(reader.read_bytes('@misc{a, title={Größe}}'.encode(), 'x', date.today()))\n"
        "list(reader.read_bytes('@misc{a, title={Müller}}'.encode('latin-1'), 'x', date.today()))\n"
        "assert 'charset_normalizer' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_word_in_windows_1252_is_not_taken_for_another_script() -> None:
    assert guess_encoding("A study by Hans Müller\n".encode("latin-1")) == "cp1252"
    assert guess_encoding(b"A study of the circular economy in an \xc9\n") == "cp1252"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "雷达的薄冰厚度测量\n陈梅\n汽车工程\n"),
        ("gb18030", "深度学习的研究\n张三\n"),
        ("big5", "薄冰厚度之研究\n林小明\n"),
        ("cp932", "薄い氷の研究\n山田\n"),
        ("euc_jp", "薄い氷の研究\n山田\n"),
        ("cp949", "얇은 얼음 연구\n김철수\n"),
    ],
)
def test_a_few_words_of_east_asia_are_enough(encoding: str, text: str) -> None:
    assert text.encode(encoding).decode(guess_encoding(text.encode(encoding))) == text

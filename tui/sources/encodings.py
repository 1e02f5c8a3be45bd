"""The encoding of a file: its byte order mark, UTF-8, what it declares, else the likeliest one.

A web server declares it too, and is believed before the file. `Utf8Converter` is the one door for
text: everything behind it reads UTF-8. UTF-8 is tried before the declaration, because programs
convert a file and leave its declaration as it was, while text of another encoding is hardly ever
valid UTF-8.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # it begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(
    rb"\A\s*<\?xml[^>]{0,80}encoding\s*=\s*[\"']([\w.:-]{2,30})[\"']"
    rb"|^%+[^\n]{0,80}\b(?:en)?coding[:=]\s*([\w.:-]{2,30})"
    rb"|<meta\s[^<>]{0,200}charset=[\"']?([\w.:-]{2,30})",
    re.IGNORECASE | re.MULTILINE,
)
"""How XML, BibTeX (by JabRef and Emacs) and web pages declare an encoding."""
_DECLARED_WITHIN = 4096
"""Bytes at the start of a file that may declare its encoding."""
_SUPERSETS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "tis-620": "cp874",
}  # fmt: skip
"""Encodings that programs name where they write the larger one of Windows."""
_SEVEN_BITS = ("iso2022", "hz")
"""Encodings whose text is valid UTF-8 too, so that only a declaration or an escape shows them."""
_SHIFT = re.compile(rb"\x1b\$([@B]|\)C)")
_SHIFTED = {b"@": "iso-2022-jp", b"B": "iso-2022-jp", b")C": "iso-2022-kr"}
"""The escapes of terminals by which they change to the characters of another script."""
_DETECTED = ["cp1251", "koi8_r", "cp866", "cp1253", "cp1255", "cp1256", "gb18030",
             "cp1252", "cp1250", "cp1254"]  # fmt: skip
"""The encodings that the detector may find; in others nobody keeps bibliographies."""
_COMMON = {
    "cp949": ("euc_kr", range(0xB0, 0xC9)), "gb18030": ("gb2312", range(0xB0, 0xD8)),
    "euc_jp": ("euc_jp", range(0xA4, 0xD0)), "cp932": ("euc_jp", range(0xA4, 0xD0)),
    "big5": ("big5", range(0xA4, 0xC7)),
}  # fmt: skip
"""Encodings of East Asia, each with the one that orders its characters by how common they are, and
the first bytes of the common ones there. A detector confuses them in a short text: read as Korean,
Chinese is a mixture of syllables and characters that nobody writes."""
_KANA = re.compile("[\u3041-\u30fe]")
_SYLLABLES = frozenset(
    "이다의에는을를한고가지기사자인로대적정시연구학용성과관계분석수전도제해서해리어장상부교화문국동보영및"
)
"""Of the syllables of Korean a third are among these; of Chinese that is read as Korean, few."""
_LEAST_COMMON = 0.8
"""The share of common characters in any text, by which an encoding of East Asia is known."""
_LETTERS = {
    "оеаинтсрвлкмдпуія": ("cp1251", "koi8_r", "iso8859_5", "cp866"),
    "αοιετσνηυρπκλμςάίόέ": ("cp1253",), "יהולאמרתבשםנ": ("cp1255",), "اليمنرتةبعسد": ("cp1256",),
    "านรกอเงยลม่้ีวทัิะำแสบ": ("cp874",),
}  # fmt: skip
"""The common letters of other alphabets, and the encodings of one byte that have them. Small ones
only: where KOI8-R has a small letter, windows-1251 has a capital."""
_LEAST_LETTERS = 0.6
"""The share of common letters in any text, by which the encoding of an alphabet is known."""
_LATIN = {"cp1252": 0, "cp1250": 0, "cp1254": 0, "iso8859_2": -1, "iso8859_15": -1, "cp1257": -1,
          "mac_roman": -2, "cp850": -2}  # fmt: skip
"""Encodings of languages with Latin letters, the most common first, with their handicaps."""
_ALPHABETS = (
    "àâæçéèêëîïôœùûüÿ", "äöüßé", "áéíñóúü", "áâãàçéêíóôõú", "àèéìíòóù", "åäöæøéü", "áéíóúýþæöð",
    "äöõüšž", "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţșț",
    "čćđšž", "çğıöşüâîû", "ąčęėįšųūž", "āčēģīķļņšūž",
)  # fmt: skip
"""Letters that a language adds to the English ones: a word of a name is in one language."""
_WORD = re.compile(r"[^\W\d_]+")
_WRONG_SIGN = re.compile(
    "(?<=[A-Za-z])[£¥¤¹²³¼½¾¿¯¶§±˝˛ˇ˘\ufffd]|[£¥¤¹²³¼½¾¯¶§˝˛ˇ˘\ufffd](?=[A-Za-z])"
)
"""A sign inside a word, which a letter becomes when it is read in the wrong encoding."""
_RIGHT_SIGN = re.compile("[‘’“”–—…]")
"""Signs of typesetting, which become letters when they are read in the wrong encoding."""
_BYTES_OF_WORDS = re.compile(rb"[A-Za-z\x80-\xff]{2,}")
_LATIN_SHARE = 0.4
"""Words in Latin letters have fewer letters with accents; in other scripts all are above ASCII."""
_SAMPLE = 64 * 1024
_FALLBACK = "sheaf-windows-1252"
"""The error handler that reads what is not UTF-8 as windows-1252."""
_LABELS = {"cp1252": "windows-1252", "cp1250": "windows-1250", "cp1251": "windows-1251",
           "cp1253": "windows-1253", "cp1254": "windows-1254", "cp1255": "windows-1255",
           "cp1256": "windows-1256", "cp932": "Shift-JIS", "cp949": "EUC-KR", "euc_jp": "EUC-JP",
           "cp1257": "windows-1257", "cp874": "windows-874", "koi8_r": "KOI8-R",
           "iso8859_2": "ISO-8859-2", "iso8859_5": "ISO-8859-5", "iso8859_15": "ISO-8859-15",
           "mac_roman": "Mac Roman"}  # fmt: skip


def is_text(head: bytes) -> bool:
    """Whether a file that begins with `head` is text: few zero bytes and other control bytes."""
    if head.startswith(tuple(bom for bom, _ in _BOMS)) or _utf16_without_mark(head):
        return True
    if head.count(b"\0") > len(head) // 100:
        return False
    odd = sum(head.count(bytes([byte])) for byte in (*range(1, 8), *range(14, 27), 28, 29, 30, 31))
    return odd <= len(head) // 50


class Utf8Converter:
    """Converts the pieces of one text to UTF-8, without its byte order mark.

    The encoding is that of the mark; else UTF-8; else, from the first piece on that is not UTF-8,
    the declared one, else the one that the piece looks like.
    """

    def __init__(self, charset: str = "") -> None:
        """Prepare the converter; `charset` is the name of the encoding in a header of HTTP."""
        self.notice = ""
        """What the user must know of the encoding: that it was guessed, or that bytes were lost."""
        self._decoder: codecs.IncrementalDecoder | None = None
        """Decodes what is not UTF-8; None as long as everything was."""
        self._declared = _codec(charset)
        self._has_begun = self._has_utf8 = False
        self._rest = b""
        """The beginning of a character whose end is in the next piece."""

    def convert(self, piece: bytes, final: bool = False) -> bytes:
        """Return the next piece in UTF-8. No byte is an error."""
        if not self._has_begun and piece:
            piece = self._begin(piece)
        if self._decoder:
            return self._decode(piece, final)
        data, self._rest = self._rest + piece, b""
        try:
            if not data.isascii():
                data.decode()
                self._has_utf8 = True
        except UnicodeDecodeError as error:
            if not final and error.start > len(data) - 4 and error.end == len(data):
                self._has_utf8 |= not data[: error.start].isascii()
                self._rest = data[error.start :]
                return data[: error.start]
            self._decoder = self._choose_decoder(data)
            return self._decode(data, final)
        return data

    def convert_all(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the pieces up to the end of the text in UTF-8."""
        for piece in pieces:
            yield self.convert(piece)
        yield self.convert(b"", final=True)

    def _begin(self, head: bytes) -> bytes:
        """Choose by the mark and the declaration; return the piece without the mark."""
        self._has_begun = True
        mark, encoding = next((each for each in _BOMS if head.startswith(each[0])), (b"", ""))
        encoding = encoding or _utf16_without_mark(head)
        self._declared = self._declared or _declared_encoding(head)
        if self._declared.startswith(_SEVEN_BITS):
            encoding = self._declared
        elif not encoding and (found := _SHIFT.search(head)):
            encoding = _SHIFTED[found[1]]
            self.notice = f"read as {encoding.upper()}: it declares no encoding"
        if encoding and encoding != "utf-8":
            self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        return head[len(mark) :]

    def _choose_decoder(self, data: bytes) -> codecs.IncrementalDecoder:
        encoding, errors = self._declared, "replace"
        if not encoding and (self._has_utf8 or _is_mostly_utf8(data)):
            # Put together from several files: what is not UTF-8 is of an older one.
            encoding, errors = "utf-8", _FALLBACK
            self.notice = "some bytes are not UTF-8; they are read as windows-1252"
        elif not encoding:
            encoding = guess_encoding(data)
            label = _LABELS.get(encoding, encoding.upper())
            self.notice = f"read as {label}: it is not UTF-8 and declares no encoding"
        return codecs.getincrementaldecoder(encoding)(errors=errors)

    def _decode(self, data: bytes, final: bool) -> bytes:
        text = self._decoder.decode(data, final) if self._decoder else ""
        if "\ufffd" in text and not self.notice:
            self.notice = f"some bytes mean nothing in {self._declared or 'UTF-16 or UTF-32'}"
        return text.encode("utf-8", "replace")


def decode(data: bytes) -> str:
    """Return a text in any encoding, without its byte order mark. No byte is an error."""
    return Utf8Converter().convert(data, final=True).decode()


def guess_encoding(data: bytes) -> str:
    """Return the encoding that text looks like, which is not UTF-8 and declares none."""
    lines = [line for line in data.splitlines() if not line.isascii()]
    sample = b"\n".join(lines)[:_SAMPLE]
    words = b"".join(word for word in _BYTES_OF_WORDS.findall(sample) if not word.isascii())
    above_ascii = len(words.translate(None, bytes(range(128))))
    if words and above_ascii >= _LATIN_SHARE * len(words):
        shares = {encoding: _common_share(sample, encoding) for encoding in _COMMON}
        likeliest = max(shares, key=lambda encoding: shares[encoding])
        if shares[likeliest] >= _LEAST_COMMON:
            return likeliest
        if alphabet := _alphabet(sample):
            return alphabet
        from charset_normalizer import from_bytes  # only here: its import takes 20 ms

        found = from_bytes(sample, cp_isolation=_DETECTED).best()
        if found and found.encoding not in _LATIN:
            return found.encoding
    texts = {encoding: sample.decode(encoding, "replace") for encoding in _LATIN}
    return max(texts, key=lambda encoding: _LATIN[encoding] + _score_words(texts[encoding]))


def _common_share(data: bytes, encoding: str) -> float:
    """Return the share of common characters in a text of East Asia; 0 if it cannot be one."""
    try:
        text = "".join(char for char in data.decode(encoding) if char > "\u2e80")
    except UnicodeDecodeError:
        return 0
    ordered, first_bytes = _COMMON[encoding]
    common = sum(char.encode(ordered, "replace")[0] in first_bytes for char in text)
    syllables = sum(char in _SYLLABLES for char in text)
    is_plausible = {"euc_jp": _KANA.search(text), "euc_kr": syllables * 8 > len(text)}
    return common / len(text) if text and is_plausible.get(ordered, True) else 0


def _alphabet(data: bytes) -> str:
    """Return the encoding in which most letters above ASCII are common ones; empty if none."""
    shares = {}
    for common, encodings in _LETTERS.items():
        for encoding in encodings:
            text = [char for char in data.decode(encoding, "replace") if char > "~"]
            shares[encoding] = sum(char in common for char in text) / len(text)
    likeliest = max(shares, key=lambda encoding: shares[encoding])
    return likeliest if shares[likeliest] >= _LEAST_LETTERS else ""


def _score_words(text: str) -> int:
    """Return how many words and lines are in one language, less those that are in none."""
    score = len(_RIGHT_SIGN.findall(text)) - len(_WRONG_SIGN.findall(text))
    for part in [*text.split("\n"), *_WORD.findall(text)]:
        letters = {each for each in part.replace("İ", "i").lower() if each > "~" and each.isalpha()}
        if letters:
            score += 1 if any(map(letters.issubset, _ALPHABETS)) else -1
    return score


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether most words above ASCII, by their bytes, are UTF-8.

    Within a word of Shift-JIS, some bytes are often a valid character of UTF-8.
    """
    words = [word for word in _BYTES_OF_WORDS.findall(data) if not word.isascii()]
    invalid = sum(len(word) for word in words if "\ufffd" in word.decode("utf-8", "replace"))
    return invalid * 2 < sum(map(len, words))


def _declared_encoding(head: bytes) -> str:
    """Return the encoding that a text declares, other than UTF-8 or UTF-16; empty without one.

    UTF-16 could not be read up to its declaration without a mark or zero bytes.
    """
    found = _DECLARATION.search(head[:_DECLARED_WITHIN])
    name = next(filter(None, found.groups()), b"") if found else b""
    return _codec(name.decode("ascii"))


def _codec(name: str) -> str:
    """Return what Python calls an encoding other than UTF-8 and UTF-16; empty if it has none."""
    text = name.lower().removeprefix("x-")
    for alias in (text, text.replace("-", "")):  # Emacs writes `latin-2`
        try:
            encoding = codecs.lookup(alias).name
            b"<".decode(encoding, "replace")  # raises LookupError for codecs such as base64
        except (LookupError, ValueError):
            continue
        return "" if encoding.startswith("utf") else _SUPERSETS.get(encoding, encoding)
    return ""


def _utf16_without_mark(head: bytes) -> str:
    """Return the kind of UTF-16 that the zero bytes of its Latin letters show, empty if none."""
    pairs = len(head) // 2
    if pairs < 4 or b"\0" not in head:
        return ""
    upper, lower = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if upper > pairs * 0.7 and not lower:
        return "utf-16-be"
    return "utf-16-le" if lower > pairs * 0.7 and not upper else ""


def _bytewise(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    piece = error.object[error.start : error.end]
    return piece.decode("cp1252", errors="replace"), error.end


codecs.register_error(_FALLBACK, _bytewise)

"""Queries that are huge, malformed or in unusual scripts."""

from __future__ import annotations

HOSTILE = (
    "x" * 10_000,
    "attention " * 1000,
    "a " * 5000,
    " ".join(f"word{number}" for number in range(500)),
    " ".join("abcdefgh"[: 1 + n % 8] + chr(97 + n % 26) * 3 for n in range(500)),
    " ".join(chr(97 + n % 26) for n in range(500)),
    " ".join(chr(97 + n % 26) + chr(97 + n // 26) for n in range(500)),
    "|".join(f"learnin{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(500)),
    "".join(chr(97 + n % 26) for n in range(10_000)),
    '"' + " ".join(f"w{number}" for number in range(500)) + '"',
    '"' + "the of and in " * 125 + '"',
    " ".join(f'"of the {chr(97 + n % 26)}' for n in range(500)),
    " ".join(f"-{word}" for word in ("the", "of", "a", "in") * 125),
    "!@#$%^&*()_+-=[]{};:'\\|,.<>/?`~" * 300,
    "!@#$%^&*()_+-=[]{};:'\\|,.<>/?`~",
    *('"', '""', '"""', '"attention', 'attention"', '" "', '-"', "-", "--", "- -", "-|-", "|"),
    *("||", "a||b", "|a", "a|", "-a|-b", "(.*)+$", "[a-z", "\\", "\\d+(?P<x>", "a{99999}"),
    *(".*.*.*.*.*.*x", "🦜", "👩‍👩‍👧 family", "مرحبا بالعالم", "שלום", "\u202eevil", "\x00"),
    *("\x1b[31m", "\ud800", "e\u0301" * 500, "title:", "title:-", 'title:"', "is:", "is:is:is"),
    *("sort:", "sort:-date", "year:", "year:x", "year:99999", "year:0000", "year:2020.."),
    *("year:..", "year:..2020..", "date:99999d", "date:9999y", "date:2024-13-45"),
    *("date:0001-01-01", "added:9999", "added:0001..9999", "added:<0001", "rating:9", "rating:.."),
    *("rating:>5", "tag:", 'tag:""', "id:*", "id:(", "cat:(", "venue:\\", "source:\x00"),
    *("note:\n\t", "a:b:c:d", "http://example.org/?q=1|2", "日本語" * 200, "İİİ", "ﬁ" * 300),
    *("🦜" * 5000, "مرحبا " * 500, "\u202e\u2066" * 5000, "|" * 10_000, '"' * 9_999, "-" * 10_000),
    *("cat:" * 2500, "year:2020 " * 500, "tag:x|" * 500, "(" * 10_000, "\\" * 10_000),
)

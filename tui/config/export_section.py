"""`[export]`: how papers are exported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tui.config.findings import Findings
from tui.config.settings import DEFAULT_PATTERN, ExportSettings

PLACEHOLDERS = ("author", "Author", "year", "yy", "word", "Word", "title", "venue", "id")
"""What a pattern may have in braces; `tui.export.key_pattern` says what each means."""
MAX_PATTERN_LENGTH = 200
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_LITERAL = re.compile(r"[A-Za-z0-9_.:+-]*")


def read_export(table: Mapping[str, Any], findings: Findings) -> ExportSettings:
    """Return the values of the section; problems go to `findings`."""
    for name in sorted(set(table) - {"key"}):
        findings.reject_unknown(f"export.{name}", ["key"])
    if "key" not in table:
        return ExportSettings()
    if problem := check_pattern(table["key"]):
        findings.reject("export.key", problem, f"{DEFAULT_PATTERN} is used")
        return ExportSettings()
    findings.accept("export.key")
    return ExportSettings(table["key"])


def check_pattern(pattern: object) -> str:
    """Return why `pattern` cannot make citation keys; empty if it can."""
    if not isinstance(pattern, str):
        return f"must be a text such as {DEFAULT_PATTERN!r}"
    names = _PLACEHOLDER.findall(pattern)
    unknown = [name for name in names if name not in PLACEHOLDERS]
    if unknown:
        known = ", ".join(PLACEHOLDERS)
        return f"unknown placeholder {{{unknown[0]}}}; the placeholders are {known}"
    if not _LITERAL.fullmatch(_PLACEHOLDER.sub("", pattern)):
        return "may hold only letters, digits and _ . : + - beside the names in braces"
    if not names:
        return "must hold {author}, {word} or another placeholder, or all keys would be the same"
    return "is too long" if len(pattern) > MAX_PATTERN_LENGTH else ""

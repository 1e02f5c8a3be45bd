"""A PDF written by hand, for tests."""

from __future__ import annotations


def pdf(title: str, lines: list[tuple[int, str]]) -> bytes:
    """A PDF of one page by hand: (size, text) for each line."""
    content = "".join(
        f"BT /F1 {size} Tf 1 0 0 1 50 {750 - 40 * row} Tm ({line}) Tj ET\n"
        for row, (size, line) in enumerate(lines)
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 "
        "/BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}endstream",
        f"<< /Title ({title}) /Author (Ada Lindqvist, Tomas Reyes) >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        f"{out}xref\n0 6\n0000000000 65535 f \n{table}"
        f"trailer << /Size 6 /Root 1 0 R /Info 5 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode()

"""References in the styles people write."""

from __future__ import annotations

import pytest

from tui.sources.engines import citation

HE = ["Kaiming He", "Xiangyu Zhang"]


TITLE = "Deep Residual Learning for Image Recognition"


@pytest.mark.parametrize(
    ("line", "authors", "venue"),
    [
        (f"{TITLE}. Kaiming He, Xiangyu Zhang. CVPR 2016.", HE, "CVPR"),
        (f"**{TITLE}**, Kaiming He and Xiangyu Zhang (CVPR 2016)", HE, "CVPR"),
        (f"[CVPR 2016] {TITLE} - Kaiming He, Xiangyu Zhang", HE, "CVPR"),
        (f"{TITLE} (He et al., 2016)", ["He"], ""),
        (f"{TITLE}, He et al. CVPR'16", ["He"], "CVPR"),
        (f'K. He and X. Zhang, "{TITLE}," in Proc. CVPR, 2016, pp. 770-778.',
         ["K. He", "X. Zhang"], "CVPR"),
        (f'He, Kaiming, and Xiangyu Zhang. "{TITLE}." CVPR (2016).',
         ["He, Kaiming", "Xiangyu Zhang"], "CVPR"),
        (f"He K, Zhang X. {TITLE}. CVPR. 2016;1:770-8.", ["K. He", "X. Zhang"], "CVPR"),
        (f"He, K., & Zhang, X. (2016). {TITLE}. CVPR, 770-778.", ["He, K.", "Zhang, X."], "CVPR"),
        (f"He, K. and Zhang, X., 2016. {TITLE}. CVPR.", ["He, K.", "Zhang, X."], "CVPR"),
        (f"Kaiming He and Xiangyu Zhang. 2016. {TITLE}. In CVPR.", HE, "CVPR"),
        (f"Kaiming He and Xiangyu Zhang. {TITLE}. In CVPR, 2016.", HE, "CVPR"),
        (f"He, K., Zhang, X.: {TITLE}. In: CVPR (2016)", ["He, K.", "Zhang, X."], "CVPR"),
    ],
)  # fmt: skip
def test_a_reference_in_any_style_is_parsed(line: str, authors: list[str], venue: str) -> None:
    fields = citation.parse_reference(line)
    assert fields["title"] == TITLE
    assert list(map(str, fields["authors"])) == authors
    assert fields.get("venue", "") == venue
    assert fields["published"] == "2016"


@pytest.mark.parametrize(
    "title",
    [
        "Lies, Damned Lies, and Statistics",
        "Deep Learning, Neural Networks and Kernel Machines",
        "What Does It Look At? An Analysis of Attention",
        "The Great Challenge 2012",
        "[Re] Reproducing What Others Read",
        "Auto-Encoding Variational Bayes (VAE)",
        "Large Models, Small Models and Agents: A Survey of Surveys",
    ],
)
def test_a_title_stays_whole(title: str) -> None:
    assert citation.parse_reference(title) == {"title": title}

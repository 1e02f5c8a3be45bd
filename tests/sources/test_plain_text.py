"""Markup and LaTeX become plain text, and plain text stays as it is."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.core.text import clean_line
from tui.sources.plain_text import clean_abstract, clean_title, withdrawal_notice
from tui.sources.tex import tex_to_text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (r"sorting in $O(n\log n)$ time", "sorting in O(n log n) time"),
        (r"regret $O(\sqrt{T})$ and $O(n \log n)$", "regret O(√T) and O(n log n)"),
        (r"$\tilde{O}(\sqrt{n+1})$", "Õ(√(n+1))"),
        (r"$x^2 + y_{i,j} \leq \frac{a+b}{2}$", "x² + y_(i,j) ≤ (a+b)/2"),
        (r"$gg\to\gamma\gamma$ at $\alpha_s^3$", "gg → γγ at αₛ³"),
        (r"$\mathbb{R}^d$, $\ell_2$, $10^{-3}$, $H_2O$", "ℝᵈ, ℓ₂, 10⁻³, H₂O"),
        (r"$k$-NN is $\varepsilon$-greedy", "k-NN is ε-greedy"),
        (r"$L_{\mathrm{total}}$ and $e^{i\pi}$", "L_total and e^(iπ)"),
        (r"\(x^2\) and \[E=mc^2\]", "x² and E=mc²"),
        (r"$x\not\in S$", "x ∉ S"),
        ("the ``model'' and ``code``", "the “model” and ``code``"),
        (r"Poincar\'e, Erd\H{o}s, \v{C}ech, na\"{\i}ve", "Poincaré, Erdős, Čech, naïve"),
        (r"{\it Fermi} saw \emph{so much} \textbf{of $x_1$}", "Fermi saw so much of x₁"),
        (r"$\mathbb{R}\backslash\{0\}$", "ℝ ∖ {0}"),
        (r"$2p_\frac{3}{2}$ and $x^\frac12$", "2p_(3/2) and x^(1/2)"),
        (r"GaN $(10\overline{1}0)$ and $\overline{AB}$", "GaN (101̄0) and AB"),
        (r"a \foreignlanguage{german}{Über}$\quad$b", "a Über b"),
        (r"a \textless{} b\textasciicircum{}2", "a < b^2"),
        (r"we can\'t say it\'s so", "we can't say it's so"),
        (r"50\% of \$100 \& more", "50% of $100 & more"),
        ("with a $100K budget", "with a $100K budget"),
        ("costs $5 and $10 million, or US$ 3", "costs $5 and $10 million, or US$ 3"),
        ("from $5-$10 to $2B/$3B", "from $5-$10 to $2B/$3B"),
        (r"our method \ours wins", r"our method \ours wins"),
        (r"in C:\new\folder", r"in C:\new\folder"),
        ("$", "$"),
        ("$$", "$$"),
        ("\\", "\\"),
        ("a {0, 1} set_of ^things~", "a {0, 1} set_of ^things~"),
        ("CO<sub>2</sub> at 10<sup>-3</sup>", "CO₂ at 10⁻³"),
        ("<i>E. coli</i> &amp; <b>more</b>", "E. coli & more"),
        (r"at \SI{5}{\micro\metre} and \SI[x=y]{20}{\celsius}", "at 5 µm and 20 °C"),
        (r"\qty{9.8}{\metre\per\second\squared}, \SI{5}{\cm}", "9.8 m/s², 5 cm"),
        (r"\num{1.5e-3} of \SIrange{1}{2}{\kilo\hertz}", "1.5 × 10⁻³ of 1–2 kHz"),
        (r"\ang{45} and \SI{50}{\percent}, \si{\kilogram\per\cubic\metre}", "45° and 50%, kg/m³"),
        (r"the $\overline{11}$ plane", "the 1̅1̅ plane"),
        ("R&amp;amp;D &lt;i&gt;now&lt;/i&gt; &#x3b1;&alpha;", "R&D now αα"),
        ("predict <unk> and a <b and c> d", "predict <unk> and a <b and c> d"),
        ("x <- y, R&D, AT&T;", "x <- y, R&D, AT&T;"),
        (
            "<mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math> grows",
            "x² grows",
        ),
    ],
)
def test_a_title_becomes_plain_text(raw: str, expected: str) -> None:
    assert clean_title(raw) == expected


@pytest.mark.parametrize(
    "half", ["at 4.62 $mu$m, top-$p$ and", r"a \'n $x_(a $\gamma$) b", "&amp;lt;i&gt;"]
)
def test_plain_text_stays_as_it_is(half: str) -> None:
    once = clean_abstract(rf"so $\sqrt{{2}}$ {half} more")
    assert clean_abstract(once) == once


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Abstract: We do.", "We do."),
        ("ABSTRACT\nWe do.", "We do."),
        ("Abstract interpretation is old.", "Abstract interpretation is old."),
        ("arXiv:2402.99901v1 Announce Type: new \nAbstract: We do.", "We do."),
        ("arXiv:2402.99901v3 Announce Type: replace-cross Abstract: We do.", "We do."),
        (
            "<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two.</jats:p>",
            "One.\n\nTwo.",
        ),
        ("<p>One<br/>line.</p>\n<p>Two.</p>", "One line.\n\nTwo."),
    ],
)
def test_an_abstract_becomes_paragraphs(raw: str, expected: str) -> None:
    assert clean_abstract(raw) == expected


@pytest.mark.parametrize(
    ("title", "abstract", "comment", "expected"),
    [
        ("T", "This paper has been withdrawn by the author.", "", "Withdrawn"),
        ("T", "", "Withdrawn due to an error in Lemma 3", "Withdrawn"),
        ("RETRACTED: T", "", "", "Retracted"),
        ("Cash withdrawn from machines", "We count cash withdrawn on Mondays.", "", ""),
        ("Why papers get retracted", "We study retracted papers.", "4 pages", ""),
    ],
)
def test_a_notice_of_withdrawal_is_found(
    title: str, abstract: str, comment: str, expected: str
) -> None:
    assert withdrawal_notice(title, abstract, comment) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("A {N}ovel -- Method", "A Novel – Method"),
        (r"\enquote{So} A\textendash B", "“So” A–B"),
        (r"\ce{SO4^2-} and \ce{2H2O -> 2H2 + O2}", "SO₄²⁻ and 2H₂O → 2H₂ + O₂"),
        (r"\textbeta-carotene", "β-carotene"),
        (r"{\"U}ber ``quotes'' {\ss} {\v c}", "Über “quotes” ß č"),
        (r"\textit{foo} \& bar~baz", "foo & bar baz"),
        (r"{\'{\i}} {\aa} \O{}re", "í å Øre"),
    ],
)
def test_latex_source_becomes_plain_text(raw: str, expected: str) -> None:
    assert tex_to_text(raw) == expected


@pytest.mark.parametrize("raw", ["{" * 100_000, r"\frac" * 20_000, "$^" * 50_000, r"\'{" * 30_000])
def test_deep_and_long_latex_is_read_in_time(raw: str) -> None:
    assert isinstance(tex_to_text(raw), str)
    assert isinstance(clean_title(raw), str)


@given(st.text(alphabet=st.sampled_from("ab1 $\\{}^_&<>;/'\"~-αsqrtfac\n"), max_size=60))
@settings(deadline=None)
def test_no_text_raises(text: str) -> None:
    clean_abstract(text)
    tex_to_text(text)


@given(st.text(alphabet=st.characters(exclude_characters="\\$<&")))
@settings(deadline=None)
def test_a_text_without_markup_is_only_cleaned(text: str) -> None:
    assert clean_title(text) == clean_line(text)


def test_titles_without_markup_stay_as_they_are(shared: Path) -> None:
    with gzip.open(shared / "corpora" / "papers-100k.jsonl.gz") as lines:
        for _, line in zip(range(2000), lines, strict=False):
            title = json.loads(line)["title"]
            if not set("\\$<&") & set(title):
                assert clean_title(title) == clean_line(title)

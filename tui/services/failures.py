"""Messages about papers that no service knows and services that do not answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.core.schemes import SCHEMES
from tui.net.errors import NetError
from tui.services.service_order import order_labels


def explain_failure(
    ids: Mapping[str, str], unknown: Sequence[str], failed: Mapping[str, NetError]
) -> str:
    """Return why no service has the paper.

    `unknown` has the labels of the services that do not know it, `failed` of those that did not
    answer.
    """
    kinds = {error.kind for error in failed.values()}
    if "stopped" in kinds:
        return "stopped before it was looked up"
    if not unknown and kinds == {"offline"}:
        return "offline; try again later"
    if not unknown:
        return str(failed[order_labels(failed)[0]])
    labels = order_labels(unknown)
    verb = "knows" if len(labels) == 1 else "know"
    does_not = f"{join_words(labels)} {verb} no {name_paper(ids)}"
    if not failed:
        return f"{does_not}; check the identifier"
    return f"{does_not}; {name_failed(failed)}; try again later"


def name_failed(failed: Mapping[str, NetError]) -> str:
    """Return which services did not answer, and why in one word each."""
    labels = order_labels(failed)
    kinds = dict.fromkeys(failed[label].kind for label in labels)
    return f"{join_words(labels)} could not be asked ({', '.join(kinds)})"


def name_paper(ids: Mapping[str, str]) -> str:
    """Return the first identifier with its noun: `arXiv id 1706.03762`."""
    named = (f"{scheme.noun} {ids[name]}" for name, scheme in SCHEMES.items() if name in ids)
    return next(named, "such paper")


def join_words(words: Sequence[str]) -> str:
    """Return `a, b and c`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last

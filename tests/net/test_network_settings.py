"""The base URLs of services, and the service that a URL belongs to."""

from __future__ import annotations

import pytest

from tui.core.errors import UsageError
from tui.net.network_settings import SERVICES, NetworkSettings, is_base_url


def test_a_variable_comes_before_the_config_and_that_before_the_services_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = NetworkSettings(bases={"hf": "http://mirror.example/"})
    assert network.base("hf") == "http://mirror.example"
    assert network.base("s2") == SERVICES["s2"]
    monkeypatch.setenv("SHEAF_HF_URL", "http://127.0.0.1:1/hf/")
    assert network.base("hf") == "http://127.0.0.1:1/hf"


def test_an_environment_variable_that_is_not_a_url_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SHEAF_ARXIV_URL", "localhost:80")
    with pytest.raises(UsageError, match="SHEAF_ARXIV_URL is not an http or https URL"):
        NetworkSettings().base("arxiv")


def test_a_url_is_of_the_service_whose_base_is_longest() -> None:
    network = NetworkSettings(
        bases={"arxiv": "http://x.org/a", "hf": "http://x.org", "s2": "http://x.org/ab"}
    )
    assert network.service_of("http://x.org/a/query?x=1") == "arxiv"
    assert network.service_of("http://x.org/ab/graph") == "s2"
    assert network.service_of("http://x.org/abc") == "hf"
    assert network.service_of("http://x.organic/abc") == ""


@pytest.mark.parametrize(
    "text", ["x.org", "file:///x", "http://", "http://a b", "http://x?y", "\n"]
)
def test_invalid_base_urls(text: str) -> None:
    assert not is_base_url(text)

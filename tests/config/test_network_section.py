"""`[network]`, and the environment variables that override it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.conftest import Write
from tests.shell.conftest import Sheaf, sheaf
from tui.config import load, network_section
from tui.net.network_settings import SERVICES, NetworkSettings

__all__ = ["sheaf"]


@pytest.fixture(autouse=True)
def _remove_url_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for service in SERVICES:
        monkeypatch.delenv(f"SHEAF_{service.upper()}_URL", raising=False)


def test_by_default_nothing_is_fetched_automatically(write: Write) -> None:
    config = write("")
    assert config.network == NetworkSettings()
    assert config.network.every == 0
    assert {name: config.network.base(name) for name in SERVICES} == dict(SERVICES)


def test_every_setting_of_the_section_is_used(write: Write) -> None:
    config = write(
        "[network]\nmail = 'ada@example.org'\nevery = 60\nhf_url = 'http://127.0.0.1:8000/hf/'\n"
    )
    assert config.problems == ()
    assert (config.network.mail, config.network.every) == ("ada@example.org", 60)
    assert config.network.base("hf") == "http://127.0.0.1:8000/hf"
    assert config.network.base("arxiv") == SERVICES["arxiv"]
    assert config.origin("network.hf_url") == "config.toml:4"
    assert config.origin("network.s2_url") == "default"


@pytest.mark.parametrize(
    ("line", "key", "instead"),
    [
        ("mail = 3", "mail", "services get no address"),
        ("mail = 'no address'", "mail", "services get no address"),
        ("mail = 'a@b.org\\nHost: x'", "mail", "services get no address"),
        ("every = true", "every", "0 is used"),
        ("every = 1", "every", "0 is used"),
        ("every = -60", "every", "0 is used"),
        ("every = 100000", "every", "0 is used"),
        ("every = 7.5", "every", "0 is used"),
        ("hf_url = 'ftp://x.org'", "hf_url", "https://huggingface.co is used"),
        ("hf_url = 'https://'", "hf_url", "https://huggingface.co is used"),
        ("hf_url = 'https://x.org/a b'", "hf_url", "https://huggingface.co is used"),
        ("hf_url = 8", "hf_url", "https://huggingface.co is used"),
        ("proxy = 'x'", "proxy", "ignored"),
    ],
)
def test_invalid_values_are_reported_and_not_used(
    write: Write, line: str, key: str, instead: str
) -> None:
    text = "[network]\n" + line.replace("'", '"')
    config = write(text)
    (problem,) = config.problems
    assert (problem.line, problem.key) == (2, f"network.{key}")
    assert problem.consequence.startswith(instead)
    assert config.network == NetworkSettings()


def test_an_environment_variable_overrides_the_file(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[network]\nhf_url = 'https://mirror.example.org'\n")
    environ = {"SHEAF_HF_URL": "http://127.0.0.1:1/x/", "SHEAF_S2_URL": "nonsense"}
    config = load(path, environ)
    assert config.origin("network.hf_url") == "SHEAF_HF_URL"
    assert [(problem.line, problem.key) for problem in config.problems] == [(0, "SHEAF_S2_URL")]
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert config.network.base("hf") == "http://127.0.0.1:1/x"
    assert network_section.display_values(config.network)["hf_url"] == "http://127.0.0.1:1/x/"


def test_sheaf_config_tells_where_each_comes_from(
    home: Path, sheaf: Sheaf, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir()
    (home / "config.toml").write_text("[network]\nevery = 30\n")
    monkeypatch.setenv("SHEAF_HF_URL", "http://127.0.0.1:1")
    done = sheaf("config", "--json")
    (result,) = done.objects
    settings = result["settings"]
    assert isinstance(settings, dict)
    assert settings["network.every"] == {"value": 30, "from": "config.toml:2"}
    assert settings["network.hf_url"] == {"value": "http://127.0.0.1:1", "from": "SHEAF_HF_URL"}
    assert "network.every     30" in sheaf("config").out

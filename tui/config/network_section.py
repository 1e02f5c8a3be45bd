"""`[network]`: who to write to, how often to fetch, where the services are."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from typing import Any

from tui.net.network_settings import SERVICES, NetworkSettings, environment_variable, is_base_url

URLS = {f"{service}_url": service for service in SERVICES}
"""Setting to the service it points elsewhere."""
SETTINGS = ("mail", "every", *URLS)
SOONEST = 5
"""Minutes: no feed has news more often."""
LATEST = 7 * 24 * 60
_MAIL = re.compile(r"[\x21-\x7e]+@[A-Za-z0-9.-]+")

Wrong = Callable[[str, str, str], None]
"""Told the key, what is wrong, and what holds instead."""


def read_network(
    table: Mapping[str, Any], wrong: Wrong, use: Callable[[str], None]
) -> NetworkSettings:
    """The section; what is wrong in it is told, and left out."""
    mail, every = "", 0
    bases: dict[str, str] = {}
    for name, value in table.items():
        key = f"network.{name}"
        if name not in SETTINGS:
            wrong(key, "there is no such setting", f"ignored; there are {', '.join(SETTINGS)}")
        elif name == "mail":
            if isinstance(value, str) and (not value or _MAIL.fullmatch(value)):
                mail = value
                use(key)
            else:
                wrong(key, "is a mail address, ada@example.org", "none is told to the services")
        elif name == "every":
            if type(value) is int and (value == 0 or SOONEST <= value <= LATEST):
                every = value
                use(key)
            else:
                why = f"is a number of minutes from {SOONEST} to {LATEST}, or 0 for never"
                wrong(key, why, "0 is used")
        elif isinstance(value, str) and is_base_url(value):
            bases[URLS[name]] = value.rstrip("/")
            use(key)
        else:
            wrong(key, "is an http or https URL", f"{SERVICES[URLS[name]]} is used")
    return NetworkSettings(mail, every, bases)


def environment_overrides(
    environ: Mapping[str, str],
) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """The settings that variables override, and by which; and what is wrong with those."""
    told = {
        f"network.{name}": environment_variable(service)
        for name, service in URLS.items()
        if environ.get(environment_variable(service))
    }
    wrong = [
        (name, "is no http or https URL", "nothing is fetched from there")
        for name in told.values()
        if not is_base_url(environ[name])
    ]
    return told, wrong


def display_values(
    network: NetworkSettings, environ: Mapping[str, str] = os.environ
) -> dict[str, str | int]:
    """Its values by the names of the config file, for people."""
    values: dict[str, str | int] = {"mail": network.mail, "every": network.every}
    for name, service in URLS.items():
        told = environ.get(environment_variable(service)) or network.bases.get(service)
        values[name] = told or SERVICES[service]
    return values

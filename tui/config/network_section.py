"""`[network]`: the address for services to write to, how often to fetch, where the services are."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

from tui.config.findings import Findings
from tui.net.network_settings import SERVICES, NetworkSettings, environment_variable, is_base_url

URL_SETTINGS = {f"{service}_url": service for service in SERVICES}
"""Setting to the service whose base URL it replaces."""
SETTINGS = ("mail", "every", *URL_SETTINGS)
MIN_MINUTES = 5
"""No feed changes more often."""
MAX_MINUTES = 7 * 24 * 60
_MAIL = re.compile(r"[\x21-\x7e]+@[A-Za-z0-9.-]+")


def read_network(table: Mapping[str, Any], findings: Findings) -> NetworkSettings:
    """Return the values of the section; problems go to `findings`."""
    mail, every = "", 0
    bases: dict[str, str] = {}
    for name, value in table.items():
        key = f"network.{name}"
        if name not in SETTINGS:
            findings.reject_unknown(key, SETTINGS)
        elif name == "mail":
            if isinstance(value, str) and (not value or _MAIL.fullmatch(value)):
                mail = value
                findings.accept(key)
            else:
                message = "must be a mail address such as ada@example.org"
                findings.reject(key, message, "services get no address")
        elif name == "every":
            if type(value) is int and (value == 0 or MIN_MINUTES <= value <= MAX_MINUTES):
                every = value
                findings.accept(key)
            else:
                message = f"must be minutes from {MIN_MINUTES} to {MAX_MINUTES}, or 0 for never"
                findings.reject(key, message, "0 is used")
        elif isinstance(value, str) and is_base_url(value):
            bases[URL_SETTINGS[name]] = value.rstrip("/")
            findings.accept(key)
        else:
            default = SERVICES[URL_SETTINGS[name]]
            findings.reject(key, "must be an http or https URL", f"{default} is used")
    return NetworkSettings(mail, every, bases)


def environment_overrides(environ: Mapping[str, str], findings: Findings) -> dict[str, str]:
    """Return the settings that environment variables override, with the names of those.

    Variables that are not URLs are reported to `findings`.
    """
    overrides: dict[str, str] = {}
    for name, service in URL_SETTINGS.items():
        variable = environment_variable(service)
        if url := environ.get(variable):
            overrides[f"network.{name}"] = variable
            if not is_base_url(url):
                message = "must be an http or https URL"
                findings.reject(variable, message, "this service cannot be reached")
    return overrides


def display_values(
    network: NetworkSettings, environ: Mapping[str, str] = os.environ
) -> dict[str, str | int]:
    """Return the values by the names of config.toml, environment variables applied."""
    values: dict[str, str | int] = {"mail": network.mail, "every": network.every}
    for name, service in URL_SETTINGS.items():
        url = environ.get(environment_variable(service)) or network.bases.get(service)
        values[name] = url or SERVICES[service]
    return values

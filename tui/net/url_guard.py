"""URLs: parsed, shown in messages, and kept away from the private network of the user.

Without PrivateNetworkGuard a feed could redirect to `http://192.168.1.1/`, or to a name that leads
there, and show as papers what the user's router answers.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import urllib.request

import httpx

from tui.core.text import shorten
from tui.net.errors import NetError
from tui.net.network_settings import SERVICES, NetworkSettings

Origin = tuple[str, int]
"""Host and port."""
_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def parse_url(url: str) -> httpx.URL:
    """Return the parsed URL. Raises NetError if it cannot be fetched."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise NetError("refused", f"{url[:200]} is not a URL: {error}") from error
    if parsed.scheme not in _PORTS:
        raise NetError("refused", f"{url[:200]}: only http and https are fetched")
    if not parsed.host:
        raise NetError("refused", f"{url[:200]} names no host")
    if (parsed.port or 0) > 65535:
        raise NetError("refused", f"{url[:200]}: a port is at most 65535")
    return parsed


def origin(url: httpx.URL) -> Origin:
    """Return host and port, the usual port if the URL names none."""
    return url.host, url.port or _PORTS[url.scheme]


def display_url(url: httpx.URL) -> str:
    """Return the URL for messages, without password and query."""
    port = f":{url.port}" if url.port else ""
    return shorten(f"{url.scheme}://{url.host}{port}{url.path}", 120)


def is_private(address: str) -> bool:
    """Return whether an IP address is not public: of this machine, of its network, reserved."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        embedded = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            embedded = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if embedded is not None:
            return is_private(str(embedded))
    return not ip.is_global or ip.is_multicast


class PrivateNetworkGuard:
    """Refuses hosts of the private network, except those that the user named."""

    def __init__(self, network: NetworkSettings) -> None:
        bases = (httpx.URL(network.base(service)) for service in SERVICES)
        self._services = frozenset(origin(url) for url in bases)

    def is_trusted(self, url: httpx.URL, user_url: httpx.URL | None) -> bool:
        """Return whether the user named the host: for a service, or in the URL of the request."""
        place = origin(url)
        if place in self._services:
            return True
        if user_url is None:
            return False
        # A site may redirect from http to https on its own host.
        upgraded = (user_url.host, 443) if origin(user_url)[1] == 80 else None
        return place in (origin(user_url), upgraded)

    async def check(self, url: httpx.URL) -> None:
        """Raise NetError if the host is a private address, or its name leads to one."""
        host, port = url.raw_host.decode("ascii"), origin(url)[1]
        try:
            found = await asyncio.get_running_loop().getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            )
        except OSError as error:
            if uses_proxy(url):  # the proxy knows names that this machine does not
                return
            raise NetError("offline", explain_unknown_host(host)) from error
        for *_, address in found:
            if is_private(str(address[0])):
                raise _refusal(url, str(address[0]))

    def check_peer(self, url: httpx.URL, response: httpx.Response) -> None:
        """Raise NetError if the connection is to a private address.

        The name may lead elsewhere than when `check` looked it up.
        """
        stream = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream is not None else None
        if peer and not uses_proxy(url) and is_private(str(peer[0])):
            raise _refusal(url, str(peer[0]))


def _refusal(url: httpx.URL, address: str) -> NetError:
    return NetError(
        "refused",
        f"{display_url(url)} is {address}, an address of a private network; "
        f"if you want that, give this URL itself",
    )


def explain_unknown_host(host: str) -> str:
    """Return the message for a host whose address cannot be found."""
    return f"no network, or no host {host}; nothing here is lost, try again later"


def uses_proxy(url: httpx.URL) -> bool:
    """Return whether a proxy set in the environment is used for this URL."""
    proxies = urllib.request.getproxies()
    has_proxy = url.scheme in proxies or "all" in proxies
    return has_proxy and not urllib.request.proxy_bypass(url.host)

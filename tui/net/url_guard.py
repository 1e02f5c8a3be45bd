"""Which hosts an URL may lead to: a stranger's redirect must not reach this machine's network."""

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
    """The URL; NetError if it is none that can be fetched."""
    try:
        found = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise NetError("refused", f"{url[:200]} is no URL: {error}") from error
    if found.scheme not in _PORTS:
        raise NetError("refused", f"{url[:200]}: only http and https are fetched")
    if not found.host:
        raise NetError("refused", f"{url[:200]} names no host")
    return found


def origin(url: httpx.URL) -> Origin:
    return url.host, url.port or _PORTS[url.scheme]


def display_url(url: httpx.URL) -> str:
    """The URL for messages: without password and query."""
    port = f":{url.port}" if url.port else ""
    text = f"{url.scheme}://{url.host}{port}{url.path}"
    return shorten(text, 120)


def is_private(address: str) -> bool:
    """Whether an IP address is of this machine or its network, or of nobody's."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inside = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inside = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inside is not None:
            return is_private(str(inside))
    return not ip.is_global or ip.is_multicast


class PrivateNetworkGuard:
    """Refuses hosts of the private network, but those the user named."""

    def __init__(self, network: NetworkSettings) -> None:
        named = (httpx.URL(network.base(service)) for service in SERVICES)
        self._named = frozenset(origin(url) for url in named)

    def knows(self, url: httpx.URL, typed: httpx.URL | None) -> bool:
        """Whether the user named this host: as a service's base, or in the URL typed."""
        place = origin(url)
        if place in self._named:
            return True
        if typed is None:
            return False
        # The one change of port a site makes for itself.
        upgraded = (typed.host, 443) if origin(typed)[1] == 80 else None
        return place in (origin(typed), upgraded)

    async def check(self, url: httpx.URL) -> None:
        """NetError if the host is, or its name leads to, a private address."""
        host, port = url.raw_host.decode("ascii"), origin(url)[1]
        try:
            found = await asyncio.get_running_loop().getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            )
        except OSError as error:
            if uses_proxy(url):  # the proxy knows names that we do not
                return
            raise NetError("offline", host_not_found(host)) from error
        for *_, address in found:
            if is_private(str(address[0])):
                raise _refusal(url, str(address[0]))

    def check_peer(self, url: httpx.URL, response: httpx.Response) -> None:
        """The same for whom we are connected to: names may change their minds between."""
        stream = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream is not None else None
        if peer and not uses_proxy(url) and is_private(str(peer[0])):
            raise _refusal(url, str(peer[0]))


def _refusal(url: httpx.URL, address: str) -> NetError:
    return NetError(
        "refused",
        f"{display_url(url)} is {address}, an address of a private network; "
        f"if that is meant, give this URL itself",
    )


def host_not_found(host: str) -> str:
    return f"no network, or there is no host {host}; what is here stays, try again later"


def uses_proxy(url: httpx.URL) -> bool:
    """Whether a proxy of the environment is asked for this URL."""
    proxies = urllib.request.getproxies()
    known = url.scheme in proxies or "all" in proxies
    return known and not urllib.request.proxy_bypass(url.host)

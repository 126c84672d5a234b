"""Which addresses a webhook may reach: never one inside the city's own network unless it was opened (SSRF)."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from services.notification.ports import NotDelivered

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Target:
    """A checked URL: connect to ``address``, never resolve ``host`` again (DNS rebinding)."""

    host: str
    address: str
    port: int
    secure: bool
    path: str

    @property
    def host_header(self) -> str:
        """The Host header."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return shown if self.port == (443 if self.secure else 80) else f"{shown}:{self.port}"


class AddressGuard:
    """Resolves URLs and refuses addresses that are not public, save those in ``allowed`` (CIDR)."""

    def __init__(self, allowed: Iterable[str] = (), allow_http: bool = False) -> None:
        self._allowed: Sequence[Network] = [ipaddress.ip_network(each, strict=False) for each in allowed]
        self._allow_http = allow_http

    def target(self, url: str) -> Target:
        """Return where to connect. Raises ``NotDelivered``; every address the name leads to must be allowed."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise _refused(url, "网址无法解析", "it cannot be parsed") from None
        schemes = ("https", "http") if self._allow_http else ("https",)
        if parts.scheme not in schemes or not parts.hostname:
            raise _refused(url, f"只接受 {'、'.join(schemes)} 网址", f"only {' and '.join(schemes)} URLs are taken")
        if parts.username is not None or parts.password is not None:
            raise _refused(url, "网址中不得含用户名或密码", "it must not hold a user name or password")
        secure = parts.scheme == "https"
        port = port or (443 if secure else 80)
        host = _ascii(url, parts.hostname)
        addresses = _resolved(host, port)
        for address in addresses:
            if not self._lets_through(address):
                raise _refused(
                    url,
                    f"指向内部或保留地址 {address}；如确需使用，请将其网段加入 allowed_networks",
                    f"it leads to the internal or reserved address {address}; open its network in allowed_networks "
                    "if that is meant",
                )
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if any(ord(char) <= 32 or ord(char) > 126 for char in path):
            raise _refused(url, "路径含有未转义的字符", "its path holds characters that are not escaped")
        return Target(host, str(addresses[0]), port, secure, path)

    def _lets_through(self, address: Address) -> bool:
        if any(address in network for network in self._allowed if network.version == address.version):
            return True
        return all(each.is_global and not each.is_multicast for each in _faces(address))


def _faces(address: Address) -> list[Address]:
    """Return the address and any IPv4 address it carries inside."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    found: list[Address] = []
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address.sixtofour is not None:
        found.append(address.sixtofour)
    if address.teredo is not None:
        found.extend(address.teredo)
    if address in _NAT64:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [address, *found]


def _ascii(url: str, host: str) -> str:
    """Return a host name as name servers, certificates and the Host header write it (IDNA)."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        raise _refused(url, f"主机名“{host}”不是有效的域名", f"{host!r} is no host name") from None


def _resolved(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotDelivered(
            f"无法解析主机名 {host}，稍后自动重试", f"the host name {host} cannot be resolved; tried again later"
        ) from None
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    return list(dict.fromkeys(addresses))


def _refused(url: str, zh: str, en: str) -> NotDelivered:
    shown = url if len(url) <= 120 else f"{url[:120]}…"
    return NotDelivered(f"Webhook 地址“{shown}”不可用：{zh}", f"the webhook {shown!r} is refused: {en}", final=True)

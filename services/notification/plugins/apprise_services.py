"""WeCom, DingTalk and the many other services that the library Apprise speaks to, behind our own port.

Apprise follows whatever its URL says, so a URL that comes from a recipient is held to a list of services, its host
(where the service has one) to the address guard, and redirects are not followed. Between the guard's look-up and
Apprise's own a name could change its address; services with a fixed host, which are the default, leave no such gap.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import quote

import apprise

from services.notification.plugins.address_guard import AddressGuard
from services.notification.ports import NotDelivered, Note, Receipt

_PLACE = "{address}"
_SHOWN = 160


class AppriseAddress:
    """Sends to the recipient's own Apprise URL, such as ``wecombot://…`` of a unit's group."""

    def __init__(self, services: list[str], allowed_networks: list[str]) -> None:
        self._services = [name.casefold() for name in services]
        self._guard = AddressGuard(allowed_networks)

    def check_address(self, address: str) -> None:
        """Raise ``NotDelivered`` for a URL of a service that is not opened, or one that leads inside."""
        self._service(address)

    def tell(self, note: Note) -> Receipt:
        """Send the message."""
        return _notify(self._service(note.address), note, note.text)

    def _service(self, url: str) -> Any:
        name = url.partition("://")[0].casefold()
        if name not in self._services:
            listed = "、".join(self._services)
            raise NotDelivered(
                f"不支持“{name[:40]}”类地址，可用：{listed}",
                f"addresses of the kind {name[:40]!r} are not opened; there are {', '.join(self._services)}",
                final=True,
            )
        service = _instance(url)
        if "host" in getattr(service, "template_tokens", {}):
            port = f":{service.port}" if getattr(service, "port", None) else ""
            self._guard.target(f"https://{service.host}{port}/")
        return service


class AppriseRelay:
    """Sends through one Apprise URL of the city's own, in which ``{address}`` stands for whom it goes to."""

    def __init__(self, url: str, short: bool) -> None:
        self._url = url
        self._short = short

    def tell(self, note: Note) -> Receipt:
        """Send the message; the address is escaped, so it stays one part of the URL."""
        service = _instance(self._url.replace(_PLACE, quote(note.address, safe="@")))
        return _notify(service, note, note.short if self._short else note.text)


def _instance(url: str) -> Any:
    # Nothing but the service named by the URL: no configuration files, no plugins from folders, no colour of its own.
    asset = apprise.AppriseAsset(async_mode=False, http_redirects=False, secure_logging=True, app_id="diaoxun")
    service = apprise.Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
    if service is None:
        raise NotDelivered(
            "Apprise 地址无法识别，请核对格式", "the Apprise URL cannot be read; check its form", final=True
        )
    return service


def _notify(service: Any, note: Note, text: str) -> Receipt:
    name = str(getattr(service, "service_name", "") or type(service).__name__)
    with apprise.LogCapture(level=logging.WARNING) as said:
        taken = service.notify(body=text, title=note.subject, body_format=apprise.NotifyFormat.TEXT)
        why = _last_line(said.getvalue())
    if not taken:
        raise NotDelivered(
            f"{name} 未接收消息" + (f"：{why}" if why else ""),
            f"{name} did not take the message" + (f": {why}" if why else ""),
        )
    return Receipt(f"{name} {note.dispatch_id}/{note.attempt}")


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1].partition(" - ")[2][:_SHOWN] or lines[-1][:_SHOWN] if lines else ""

"""Who acts in the year: each act goes through the gateway with the access of the role it belongs to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import httpx

from deploy.local.gateway_client import GatewayClient
from gateway.contract import ISSUE_KEY, ISSUE_PERSONAL_LINK, OPEN_SESSION
from shared.clock import SystemClock
from shared.security.caller import WHOLE_CITY, Role

_ADMINISTRATOR = "admin"
_HOLDS = timedelta(days=2)


class Cast:
    """The Party school, the units, trainees and lecturers beside the organisation department that drives.

    The security administrator issues keys and the organisers personal links when somebody is first needed: they are
    kept in memory only, so that no key lies among a run's answers. Safe for several threads.
    """

    def __init__(self, organisers: GatewayClient, administrator_password: str) -> None:
        self._organisers = organisers
        self._password = administrator_password
        self._lock = threading.RLock()
        self._known: dict[str, GatewayClient] = {}
        self._desk: httpx.Client | None = None

    @property
    def school(self) -> GatewayClient:
        """The Party school's academic affairs office."""
        return self._once("school", lambda: self._key(Role.PARTY_SCHOOL, WHOLE_CITY))

    def unit(self, unit_id: str) -> GatewayClient:
        """Return the organisation office of a unit."""
        return self._once(f"unit/{unit_id}", lambda: self._key(Role.UNIT, unit_id))

    def trainee(self, nomination_id: str) -> GatewayClient:
        """Return a trainee with a personal link."""
        return self._once(f"trainee/{nomination_id}", lambda: self._link(Role.TRAINEE, nomination_id))

    def lecturer(self, lecturer_id: str) -> GatewayClient:
        """Return a lecturer with a personal link."""
        return self._once(f"lecturer/{lecturer_id}", lambda: self._link(Role.LECTURER, lecturer_id))

    def close(self) -> None:
        """Close the administrator's connections."""
        if self._desk is not None:
            self._desk.close()

    def _once(self, name: str, token: Callable[[], str]) -> GatewayClient:
        with self._lock:
            known = self._known.get(name)
        if known is not None:
            return known
        client = self._organisers.speaking_for(token())
        with self._lock:
            return self._known.setdefault(name, client)

    def _link(self, role: Role, identifier: str) -> str:
        issued = self._organisers.call(ISSUE_PERSONAL_LINK, {"role": role.value, "identifier": identifier})
        return str(issued["token"])

    def _key(self, role: Role, unit_id: str) -> str:
        wanted = {
            "label": f"diaoxun run: {unit_id or role.value}"[:80],
            "roles": [role.value],
            "units": [unit_id],
            "scopes": None,
            "expires_at": (SystemClock().now() + _HOLDS).isoformat(),
        }
        issued = self._administrator().post(_path(ISSUE_KEY.path), json=wanted).raise_for_status().json()
        return str(issued["key"])

    def _administrator(self) -> httpx.Client:
        with self._lock:
            if self._desk is None:
                desk = httpx.Client(base_url=self._organisers.url, timeout=30)
                login = {"username": _ADMINISTRATOR, "password": self._password}
                opened = desk.post(_path(OPEN_SESSION.path), json=login).raise_for_status().json()
                desk.headers["X-CSRF-Token"] = opened["csrf_token"]
                self._desk = desk
            return self._desk


def _path(path: str) -> str:
    return f"/api/v1{path}"

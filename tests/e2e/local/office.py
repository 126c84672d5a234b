"""Callers at the gateway of an embedded stack, each with the key or link of their own role."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from deploy.local.stack_child import Running
from gateway.contract import ISSUE_KEY, ISSUE_PERSONAL_LINK, OPEN_SESSION
from shared.contracts import Operation
from shared.security.caller import Role

SCHOOL, DEPARTMENT = Role.PARTY_SCHOOL, Role.ORGANISATION_DEPARTMENT


class Office:
    """What people of several roles do through one gateway; it can go on with another gateway after a restart."""

    def __init__(self, running: Running, units: tuple[str, ...]) -> None:
        self._http = httpx.Client(base_url=running.url, timeout=120.0)
        admin = {"username": "admin", "password": running.secrets.passwords["admin"]}
        session = self._http.post(f"/api/v1{OPEN_SESSION.path}", json=admin)
        assert session.status_code == 201, session.text
        self._csrf = {"X-CSRF-Token": session.json()["csrf_token"]}
        self._keys: dict[str, str] = {DEPARTMENT.value: running.secrets.api_key, SCHOOL.value: self._key(SCHOOL, "")}
        self._keys |= {unit_id: self._key(Role.UNIT, unit_id) for unit_id in units}
        self._http.cookies.clear()

    def moved_to(self, running: Running) -> None:
        """Call another gateway over the same data from now on."""
        self._http.close()
        self._http = httpx.Client(base_url=running.url, timeout=120.0)

    def close(self) -> None:
        self._http.close()

    def call(
        self, operation: Operation, request: dict[str, Any] | None = None, who: str = DEPARTMENT, **files: bytes
    ) -> dict[str, Any]:
        """Send a request that has to succeed, and return the reply."""
        response = self.ask(operation, request or {}, who, **files)
        assert response.status_code < 300, (operation.name, response.status_code, response.text)
        found: dict[str, Any] = response.json()
        return found

    def ask(self, operation: Operation, request: dict[str, Any], who: str, **files: bytes) -> httpx.Response:
        """Send a request and return whatever comes back; a download comes as it is."""
        path = "/api/v1" + operation.path.format(**request)
        rest = {name: value for name, value in request.items() if name not in operation.path_fields}
        sent = {"Authorization": f"Bearer {self._keys[who]}"}
        if operation.verb in ("GET", "DELETE"):
            return self._http.request(operation.verb, path, params=rest, headers=sent)
        if files:
            return self._http.request(operation.verb, path, data=rest, files=files, headers=sent)
        return self._http.request(operation.verb, path, json=rest, headers=sent)

    def rows(self, operation: Operation, request: dict[str, Any], who: str = DEPARTMENT) -> list[dict[str, Any]]:
        """Return all rows of a list."""
        found: list[dict[str, Any]] = []
        cursor: dict[str, Any] = {}
        while True:
            page = self.call(operation, {**request, "limit": 200, **cursor}, who)
            found += page["items"]
            if not page["next_cursor"]:
                return found
            cursor = {"cursor": page["next_cursor"]}

    def lecturer(self, lecturer_id: str) -> str:
        """Return whom to name as the caller for a lecturer who comes by a personal link."""
        return self._linked("lecturer", lecturer_id)

    def trainee(self, nomination_id: str) -> str:
        """Return whom to name as the caller for a trainee who comes by a personal link."""
        return self._linked("trainee", nomination_id)

    def get(self, path: str, fields: dict[str, Any], who: str = DEPARTMENT) -> Any:
        """Return what an address below the gateway's root answers, or nothing where it refuses or is no JSON."""
        response = self._http.get(path, params=fields, headers={"Authorization": f"Bearer {self._keys[who]}"})
        fine = response.status_code == 200 and response.headers["content-type"] == "application/json"
        return response.json() if fine else None

    def key(self, who: str) -> str:
        """Return the key or link of a caller."""
        return self._keys[who]

    def page(self, path: str, **headers: str) -> httpx.Response:
        """Fetch an address as anybody."""
        return self._http.get(path, headers=headers)

    def _linked(self, role: str, identifier: str) -> str:
        if identifier not in self._keys:
            whose = {"role": role, "identifier": identifier, "days": 30}
            self._keys[identifier] = self.call(ISSUE_PERSONAL_LINK, whose)["token"]
        return identifier

    def _key(self, role: Role, unit: str) -> str:
        ends = (datetime.now(UTC) + timedelta(days=30)).isoformat()
        wanted = {"label": role.value, "roles": [role.value], "units": [unit], "scopes": None, "expires_at": ends}
        made = self._http.post(f"/api/v1{ISSUE_KEY.path}", json=wanted, headers=self._csrf)
        assert made.status_code == 201, made.text
        return str(made.json()["key"])

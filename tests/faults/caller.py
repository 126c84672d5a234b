"""Those who call the gateway during faults: steadily, with patience, and keeping what they were answered."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx

from deploy.local.gateway_client import Attachment
from shared.contracts import Operation

PATIENCE_SECONDS = 120.0
_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_PAGE = 200


@dataclass
class Measured:
    """What was seen at the gateway: answers by status, what had to be sent again, and the longest wait for one."""

    requests: int = 0
    again: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    broken_lines: int = 0
    longest: float = 0.0
    surprises: list[str] = field(default_factory=list)
    """Answers that say 'internal error': trouble outside must be told as what it is."""


@dataclass(frozen=True)
class Asked:
    """A command with its key, whose it was, and what was answered."""

    operation: Operation
    request: dict[str, Any]
    who: str
    key: str
    file: Attachment | None
    status: int
    body: dict[str, Any]


class Pace:
    """Lets one command through each ``1 / rate`` seconds: the load is steady whatever breaks."""

    def __init__(self, rate: float) -> None:
        self._step = 1 / rate
        self._lock = threading.Lock()
        self._next = time.monotonic()

    def wait(self) -> None:
        with self._lock:
            now = time.monotonic()
            mine = self._next = max(now, self._next + self._step)
        time.sleep(max(0.0, mine - now))


class Caller:
    """Callers of several roles at one or two gateways. Safe for several threads."""

    def __init__(self, urls: list[str], keys: dict[str, str], pace: Pace) -> None:
        self._http = [httpx.Client(base_url=url, timeout=httpx.Timeout(30.0, connect=3.0)) for url in urls]
        self._keys = keys
        self._pace = pace
        self._lock = threading.Lock()
        self._turn = 0
        self.measured = Measured()
        self.commands: list[Asked] = []

    def close(self) -> None:
        for each in self._http:
            each.close()

    def command(
        self,
        operation: Operation,
        request: dict[str, Any],
        key: str,
        who: str = "department",
        file: Attachment | None = None,
    ) -> dict[str, Any]:
        """Send a command until it is answered, and return the reply; anything but success fails the test.

        ``who``: a role, a unit, or the token of a personal link.
        """
        self._pace.wait()
        response = self._send_to_each(operation, request, who, key, file)
        assert response.status_code < 300, (operation.name, request, response.status_code, response.text)
        body: dict[str, Any] = response.json()
        with self._lock:
            self.commands.append(Asked(operation, request, who, key, file, response.status_code, body))
        return body

    def _send_to_each(
        self, operation: Operation, request: dict[str, Any], who: str, key: str, file: Attachment | None
    ) -> httpx.Response:
        """Send a command to every gateway at the same time, with the same key: all have to answer the same."""
        if len(self._http) == 1:
            return self.send(operation, request, who, key, file)
        with ThreadPoolExecutor(len(self._http)) as pool:
            sent = [pool.submit(self.send, operation, request, who, key, file, http) for http in self._http]
            first, *others = [each.result() for each in sent]
        for other in others:
            assert (other.status_code, other.json()) == (first.status_code, first.json()), operation.name
        return first

    def query(self, operation: Operation, request: dict[str, Any], who: str = "department") -> dict[str, Any]:
        """Ask until there is an answer."""
        response = self.send(operation, request, who)
        assert response.status_code == 200, (operation.name, request, response.status_code, response.text)
        body: dict[str, Any] = response.json()
        return body

    def rows(self, operation: Operation, request: dict[str, Any], who: str = "department") -> list[dict[str, Any]]:
        """Return all rows of a list."""
        found: list[dict[str, Any]] = []
        cursor: dict[str, Any] = {}
        while True:
            page = self.query(operation, {**request, "limit": _PAGE, **cursor}, who)
            found += page["items"]
            if not page["next_cursor"]:
                return found
            cursor = {"cursor": page["next_cursor"]}

    def send(
        self, operation: Operation, request: dict[str, Any], who: str, key: str = "", file: Attachment | None = None,
        http: httpx.Client | None = None,
    ) -> httpx.Response:  # fmt: skip
        """Send a request to one gateway, or in turn to each, until the answer is not that it should come later."""
        began, pause = time.monotonic(), 0.1
        while True:
            response = self._once(http or self._next(), operation, request, who, key, file)
            waited = time.monotonic() - began
            if response is not None and response.status_code not in _AGAIN:
                with self._lock:
                    self.measured.requests += 1
                    self.measured.longest = max(self.measured.longest, waited)
                return response
            said = response.text if response is not None else "no answer"
            assert waited < PATIENCE_SECONDS, f"{operation.name}: nothing else for {waited:.0f} s than {said}"
            time.sleep(pause)
            pause = min(1.0, pause * 2)
            with self._lock:
                self.measured.again += 1

    def _next(self) -> httpx.Client:
        with self._lock:
            self._turn += 1
            return self._http[self._turn % len(self._http)]

    def _once(
        self, http: httpx.Client, operation: Operation, request: dict[str, Any], who: str, key: str,
        file: Attachment | None,
    ) -> httpx.Response | None:  # fmt: skip
        path = operation.path.format(**request)
        rest = {name: value for name, value in request.items() if name not in operation.path_fields}
        headers = {"Authorization": f"Bearer {self._keys.get(who, who)}"} | ({"Idempotency-Key": key} if key else {})
        options: dict[str, Any] = {"headers": headers}
        if operation.verb in ("GET", "DELETE"):
            options["params"] = rest
        elif file is not None:
            options |= {"data": rest, "files": {operation.upload: (file.name, file.content)}}
        else:
            options["json"] = rest
        try:
            response = http.request(operation.verb, path.lstrip("/"), **options)
        except httpx.TransportError:
            with self._lock:
                self.measured.broken_lines += 1
            return None
        with self._lock:
            self.measured.answers[response.status_code] += 1
            if response.status_code == 500:
                self.measured.surprises.append(f"{operation.name}: {response.text[-400:]}")
        return response

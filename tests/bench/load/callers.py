"""Callers of the gateway: some send at a steady rate whatever the answers take, others as fast as they are answered."""

from __future__ import annotations

import http.client
import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.bench.load.city import LoadedCity
from tests.e2e.gateway.small_city import UNIT

_TIMEOUT = 60.0


@dataclass(frozen=True)
class Answer:
    """One answer: when it was due and came (monotonic seconds), with which status, and when to come back."""

    due: float
    came: float
    status: int
    retry_after: str | None

    @property
    def milliseconds(self) -> float:
        return (self.came - self.due) * 1000


@dataclass(frozen=True)
class Sent:
    """One request."""

    verb: str
    path: str
    body: bytes = b""


def everyday(loaded: LoadedCity) -> Iterator[Sent]:
    """Yield what a city's offices ask in ordinary weeks: nine reads and three changes, over all five services."""
    term = loaded.city.term_id

    def change(verb: str, path: str, **fields: object) -> Sent:
        return Sent(verb, path, json.dumps(fields).encode())

    for number in itertools.count():
        yield Sent("GET", "/terms?limit=20")
        yield Sent("GET", f"/nominations?unit_id={UNIT}")
        yield Sent("GET", f"/letters?term_id={term}")
        yield change("PUT", f"/rooms/room{number % 20}", campus_id="main", title=f"教室{number}", capacity=40)
        yield Sent("GET", f"/briefings?term_id={term}")
        yield Sent("GET", f"/question-sets?term_id={term}")
        yield Sent("GET", f"/terms/{term}")
        yield change("PUT", f"/units/{UNIT}", title=f"东湖区委{number}", kind="district")
        yield Sent("GET", f"/terms/{term}/trainees")
        yield Sent("GET", "/fills")
        yield Sent("GET", f"/fee-orders?term_id={term}")
        yield change("PUT", f"/terms/{term}/quotas", quotas=[{"unit_id": UNIT, "places": 5 + number % 3}])


class Line:
    """A kept-alive connection of one caller."""

    def __init__(self, url: str) -> None:
        self._host = urlsplit(url).netloc
        self._open: http.client.HTTPConnection | None = None

    def send(self, sent: Sent, key: str, due: float) -> Answer:
        """Send one request and wait for the answer."""
        headers = {"Authorization": f"Bearer {key}"} | ({"Content-Type": "application/json"} if sent.body else {})
        for again in (True, False):
            if self._open is None:
                self._open = http.client.HTTPConnection(self._host, timeout=_TIMEOUT)
            try:
                self._open.request(sent.verb, f"/api/v1{sent.path}", sent.body or None, headers)
                response = self._open.getresponse()
                response.read()
                return Answer(due, time.monotonic(), response.status, response.headers.get("Retry-After"))
            except (http.client.HTTPException, ConnectionError):
                self._open.close()
                self._open = None
                if not again:
                    raise
        raise AssertionError("unreachable")


def steady(loaded: LoadedCity, rate: float, seconds: float, keep: Callable[[Answer], None], threads: int = 24) -> None:
    """Send at a steady rate. An answer's time counts from when its request was due: waiting hides nothing."""
    requests, keys = everyday(loaded), itertools.cycle(loaded.keys)
    began, lock, turn = time.monotonic(), threading.Lock(), itertools.count()

    def work() -> None:
        line = Line(loaded.city.url)
        while True:
            with lock:
                due = began + next(turn) / rate
                sent, key = next(requests), next(keys)
            if due > began + seconds:
                return
            time.sleep(max(0.0, due - time.monotonic()))
            keep(line.send(sent, key, due))

    _all(work, threads)


def flood(loaded: LoadedCity, callers: int, seconds: float, keys: list[str], keep: Callable[[Answer], None]) -> None:
    """Send from so many callers at once, each again as soon as it is answered."""
    requests, turn, lock = everyday(loaded), itertools.cycle(keys), threading.Lock()
    ends = time.monotonic() + seconds

    def work() -> None:
        line = Line(loaded.city.url)
        with lock:
            key = next(turn)
        while (now := time.monotonic()) < ends:
            with lock:
                sent = next(requests)
            keep(line.send(sent, key, now))

    _all(work, callers)


def _all(work: Callable[[], None], threads: int) -> None:
    running = [threading.Thread(target=work) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()

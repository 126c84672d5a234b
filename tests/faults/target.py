"""What the load and the books need of a city, whatever it runs in: processes of this machine, or containers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from gateway.administration import bootstrap
from shared.clock import SystemClock
from shared.security.caller import WHOLE_CITY, Role
from shared.storage import Store

SERVICES = ("scheduling", "enrollment", "compliance", "notification", "outcomes")
GATEWAY = "gateway"
CONSUMERS = (*SERVICES, GATEWAY)
"""Everybody who takes events in, and has a quarantine for them."""
UNITS = ("city.donghu", "city.nanshan", "city.beigang", "city.xichuan")
BEGINNING = "2020-01-06T09:00:00+08:00"
START_SECONDS = 180.0
_REDELIVERED = re.compile(r"^diaoxun_redeliveries_total\{[^}]*\} ([0-9.e+]+)$", re.MULTILINE)


class Settable(Protocol):
    """The clock of a city."""

    def now(self) -> datetime:
        """Return the city's instant."""

    def set(self, instant: datetime) -> None:
        """Go there, with every process of the city."""


class Target(Protocol):
    """A city under load."""

    @property
    def clock(self) -> Settable:
        """What all its processes go by."""

    @property
    def prefix(self) -> str:
        """Of its databases."""

    @property
    def field_keys(self) -> str:
        """What seals its personal data."""

    @property
    def urls(self) -> list[str]:
        """Where its gateways answer."""

    @property
    def store_uri(self) -> str:
        """The store as a test sees it, past everything that is broken."""

    @property
    def broker_uri(self) -> str:
        """The broker as a test sees it."""

    def keys(self) -> dict[str, str]:
        """Issue a key for the organisers, the school and each unit."""

    def wait_ready(self, seconds: float = START_SECONDS) -> None:
        """Wait until every service and every gateway is ready for work."""

    def restarts(self) -> int:
        """Return how often something died and was started again."""

    def said(self) -> Iterator[tuple[str, str]]:
        """Yield the logs and measures of all processes, each with where it is from."""

    def redelivered(self) -> dict[int, float]:
        """Return by process how many events came to it which had been taken in before."""


def issue_keys(store: Store, secret: str) -> dict[str, str]:
    """Issue a key for the organisers, the school and each unit, in the gateway's store."""
    wanted = {"department": (Role.ORGANISATION_DEPARTMENT, WHOLE_CITY), "school": (Role.PARTY_SCHOOL, WHOLE_CITY)}
    wanted |= {unit_id: (Role.UNIT, unit_id) for unit_id in UNITS}
    return {
        who: bootstrap.issue_key(store, SystemClock(), (secret,), who, [role], (unit_id,))
        for who, (role, unit_id) in wanted.items()
    }


def redeliveries(metrics: str) -> float:
    """Return what the metrics of a process say of it."""
    return sum(map(float, _REDELIVERED.findall(metrics)))

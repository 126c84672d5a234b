"""The client of the whole platform.

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.compliance import Compliance
from gateway.client.enrollment import Enrollment
from gateway.client.gateway import Gateway
from gateway.client.notification import Notification
from gateway.client.outcomes import Outcomes
from gateway.client.scheduling import Scheduling
from gateway.client.wire import Wire


class Diaoxun:
    """One gateway, seen by one caller. Safe for threads; close it, or use it in a ``with`` statement."""

    def __init__(self, address: str, key: str, timeout: float = 30.0) -> None:
        self.wire = Wire(address, key, timeout)
        self.compliance = Compliance(self.wire)
        self.enrollment = Enrollment(self.wire)
        self.notification = Notification(self.wire)
        self.outcomes = Outcomes(self.wire)
        self.scheduling = Scheduling(self.wire)
        self.gateway = Gateway(self.wire)

    def close(self) -> None:
        """Close the connections."""
        self.wire.close()

    def __enter__(self) -> Diaoxun:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

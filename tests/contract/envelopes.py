"""The sample event on the wire."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.hosts.sample import HAPPENED


def envelope(event_id: str, number: object, **data: Any) -> dict[str, Any]:
    """Return a CloudEvents envelope of the sample event."""
    return {
        "specversion": "1.0",
        "id": event_id,
        "source": "/diaoxun/sample",
        "type": HAPPENED.type,
        "subject": f"thing_{number}",
        "time": datetime.now(UTC).isoformat(),
        "datacontenttype": "application/json",
        "correlationid": "req_1",
        "data": {"number": number, **data},
    }

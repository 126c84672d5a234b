"""The city's own words on the calendar, as scheduling last told them."""

from __future__ import annotations

from shared.storage import Collection

CALENDAR = Collection("calendar", validator={"required": ["days", "asked_on"]})
"""One row, ``overrides``: days that differ from the published table, as ``[day, working]``."""

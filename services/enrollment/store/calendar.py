"""The city's own calendar days, as scheduling announces them: one document."""

from __future__ import annotations

from services.enrollment.store.shapes import ARRAY, COUNT, shape
from shared.storage import Collection

CALENDAR = Collection("calendar", validator=shape(days=ARRAY, source_version=COUNT))

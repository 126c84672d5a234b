"""The register of units that send people."""

from __future__ import annotations

from services.scheduling.store.shapes import COUNT, FLAG, TEXT, shape
from shared.storage import Collection

SENDING_UNITS = Collection("sending_units", validator=shape(title=TEXT, staff=COUNT, far=FLAG))

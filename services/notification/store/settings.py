"""Who issues, and by which channels recipients are reached."""

from __future__ import annotations

from shared.storage import Collection

ISSUERS = Collection("issuers", validator={"required": ["name", "signature", "series", "document", "contact"]})
PREFERENCES = Collection("preferences", validator={"required": ["channels"]}, sealed=("secrets",))

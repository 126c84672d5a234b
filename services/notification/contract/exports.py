"""What notification gives for the archive of a term."""

from __future__ import annotations

from shared.contracts.exports import files_export

EXPORT_NOTIFICATION_FILES = files_export("notification")

OPERATIONS = (EXPORT_NOTIFICATION_FILES,)

"""The event by which scheduling's long processes move."""

from __future__ import annotations

from shared.contracts.process import process_advanced

PROCESS_ADVANCED = process_advanced("scheduling")

EVENTS = (PROCESS_ADVANCED,)

"""The event by which enrollment's long processes move."""

from __future__ import annotations

from shared.contracts.process import process_advanced

PROCESS_ADVANCED = process_advanced("enrollment")

EVENTS = (PROCESS_ADVANCED,)

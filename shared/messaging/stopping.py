"""Stops a container in bounded time: with grace first, then by force (P6, P23)."""

from __future__ import annotations

import logging
from typing import Any

import eventlet

_log = logging.getLogger(__name__)


def stop_within(container: Any, seconds: float) -> bool:
    """Stop a nameko container; return whether all work ended by itself.

    After ``seconds`` its workers are killed: their messages were not acknowledged and go to another replica, or come
    again after the next start. Choose it below the platform's own grace period.
    """
    try:
        with eventlet.Timeout(seconds):
            container.stop()
            return True
    except eventlet.Timeout:
        _log.error("%s did not stop in %s s; its workers are killed", container.service_name, seconds)
    with eventlet.Timeout(5, False):
        container.kill()
    return False

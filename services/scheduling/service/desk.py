"""What every part of the service class has at hand."""

from __future__ import annotations

from shared.runtime import Kit


class Desk:
    """A part of the service class; the whole class brings the kit."""

    kit: Kit

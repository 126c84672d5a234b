"""What every part of the service class has at hand."""

from __future__ import annotations

from typing import ClassVar

from services.notification.commands.press import Press
from shared.runtime import Kit


class Desk:
    """A part of the service class; the whole class brings the kit."""

    kit: Kit
    _presses: ClassVar[dict[str, Press]] = {}

    def press(self) -> Press:
        """Return the press of this process: fonts and templates stay warm over all batches."""
        folder = self.kit.settings.var / "fonts"
        return self._presses.setdefault(str(folder), Press(folder))

"""Timetable files of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.wire import UNSET, Caller, Download, Unset, given


class TimetableFilesCalls(Caller):
    """函件与送达 / Notification: timetable files."""

    def get_timetable_file(self, *, term_id: str, number: int | Unset = UNSET) -> Download:
        """下载日程表（PDF） / Download a timetable as PDF."""
        return self._wire.download("GET", "/terms/{term_id}/timetable/print", given(term_id=term_id, number=number))

"""Exports of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.outcomes.types.exports import ExportedFiles
from gateway.client.wire import Caller, given


class ExportsCalls(Caller):
    """成果运用 / Outcomes: exports."""

    def export_outcomes_files(self, *, term_id: str) -> ExportedFiles:
        """导出一期的归档文件 / Export the files of a term for its archive."""
        return self._wire.send(ExportedFiles, "GET", "/terms/{term_id}/files/outcomes", given(term_id=term_id))

"""Similarities of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.outcomes.types.reports import Report
from gateway.client.wire import Caller, given


class SimilaritiesCalls(Caller):
    """成果运用 / Outcomes: similarities."""

    def clear_report_similarity(
        self, *, report_id: str, note: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> Report:
        """核查相同段落：予以放行 / Let a held report go on to review."""
        return self._wire.send(
            Report,
            "POST",
            "/reports/{report_id}/similarity/clearance",
            given(report_id=report_id, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

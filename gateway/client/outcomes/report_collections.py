"""Report collections of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.outcomes.types.report_collections import Collection, CollectionPage
from gateway.client.wire import UNSET, Caller, Download, Unset, given


class ReportCollectionsCalls(Caller):
    """成果运用 / Outcomes: report collections."""

    def compile_report_collection(
        self,
        *,
        title: str,
        term_id: str | Unset = UNSET,
        plan_id: str | Unset = UNSET,
        report_ids: list[str] | Unset = UNSET,
        credited: bool | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Collection:
        """选编优秀研究报告 / Compile a collection of reports."""
        return self._wire.send(
            Collection,
            "POST",
            "/report-collections",
            given(title=title, term_id=term_id, plan_id=plan_id, report_ids=report_ids, credited=credited),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_report_collections(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        plan_id: str | Unset = UNSET,
    ) -> CollectionPage:
        """查询优秀研究报告选编 / List collections of reports."""
        return self._wire.send(
            CollectionPage,
            "GET",
            "/report-collections",
            given(cursor=cursor, limit=limit, term_id=term_id, plan_id=plan_id),
        )

    def get_report_collection_file(self, *, collection_id: str) -> Download:
        """下载优秀研究报告选编（Word） / Download a collection as one Word document."""
        return self._wire.download(
            "GET", "/report-collections/{collection_id}/file", given(collection_id=collection_id)
        )

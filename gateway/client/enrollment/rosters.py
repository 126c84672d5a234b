"""Rosters of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.enrollment.types.rosters import Roster, RosterPage, RosterRowPage
from gateway.client.wire import UNSET, Caller, Download, Unset, given


class RostersCalls(Caller):
    """选调与录取 / Enrollment: rosters."""

    def file_roster(
        self,
        *,
        unit_id: str,
        file: bytes,
        filename: str | Unset = UNSET,
        plan_id: str | Unset | None = UNSET,
        preview: bool | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> Roster:
        """报送学员名单（Excel或CSV） / File a roster (Excel or CSV)."""
        return self._wire.send(
            Roster,
            "POST",
            "/rosters",
            given(unit_id=unit_id, file=file, filename=filename, plan_id=plan_id, preview=preview),
            idempotency_key=idempotency_key,
            upload="file",
        )

    def list_rosters(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["received", "importing", "done", "failed"] | Unset = UNSET,
    ) -> RosterPage:
        """查询已报送的名单 / List filed rosters."""
        return self._wire.send(
            RosterPage, "GET", "/rosters", given(cursor=cursor, limit=limit, unit_id=unit_id, state=state)
        )

    def get_roster(self, *, import_id: str) -> Roster:
        """查看名单导入进度与问题行 / Show an import: state, counts, rows in error."""
        return self._wire.send(Roster, "GET", "/rosters/{import_id}", given(import_id=import_id))

    def list_roster_rows(
        self,
        *,
        import_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        result: Literal["filed", "warned", "refused", "error", "previewed"] | Unset = UNSET,
    ) -> RosterRowPage:
        """逐行查看名单中有问题或有提醒的行 / List the rows of a roster there is something to say about."""
        return self._wire.send(
            RosterRowPage,
            "GET",
            "/rosters/{import_id}/rows",
            given(import_id=import_id, cursor=cursor, limit=limit, result=result),
        )

    def get_roster_file(self, *, import_id: str) -> Download:
        """下载带校验说明的名单 / Download the roster with the result beside each row."""
        return self._wire.download("GET", "/rosters/{import_id}/file", given(import_id=import_id))

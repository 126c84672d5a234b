"""Returns of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.compliance.types.returns import Return, ReturnedPerson, ReturnPage
from gateway.client.wire import UNSET, Caller, Unset, given


class ReturnsCalls(Caller):
    """学员管理 / Compliance: returns."""

    def confirm_return(
        self,
        *,
        return_id: str,
        people: list[ReturnedPerson],
        signer: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Return:
        """单位确认返岗 / Confirm who is back at the post."""
        return self._wire.send(
            Return,
            "POST",
            "/returns/{return_id}/confirmation",
            given(return_id=return_id, people=people, signer=signer),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_returns(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["open", "confirmed", "cancelled"] | Unset = UNSET,
    ) -> ReturnPage:
        """查询返岗情况 / List returns to post."""
        return self._wire.send(
            ReturnPage,
            "GET",
            "/returns",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, state=state),
        )

"""Matches of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.enrollment.types.matches import PersonMatch, PersonMatchPage
from gateway.client.wire import UNSET, Caller, Unset, given


class MatchesCalls(Caller):
    """选调与录取 / Enrollment: matches."""

    def list_person_matches(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        state: Literal["open", "same", "different", "lapsed"] | Unset = UNSET,
    ) -> PersonMatchPage:
        """查询疑似同一人 / List records that may be of one person."""
        return self._wire.send(
            PersonMatchPage, "GET", "/person-matches", given(cursor=cursor, limit=limit, state=state)
        )

    def get_person_match(self, *, match_id: str) -> PersonMatch:
        """查看一项疑似同一人 / Show one such question."""
        return self._wire.send(PersonMatch, "GET", "/person-matches/{match_id}", given(match_id=match_id))

    def decide_person_match(
        self,
        *,
        match_id: str,
        decision: Literal["same", "different"],
        keep: str | Unset | None = UNSET,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> PersonMatch:
        """确认是否同一人 / Say whether they are one person."""
        return self._wire.send(
            PersonMatch,
            "POST",
            "/person-matches/{match_id}/decision",
            given(match_id=match_id, decision=decision, keep=keep, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

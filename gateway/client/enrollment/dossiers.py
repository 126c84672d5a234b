"""Dossiers of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.enrollment.types.nominations import Nomination
from gateway.client.wire import UNSET, Caller, Unset, given


class DossiersCalls(Caller):
    """选调与录取 / Enrollment: dossiers."""

    def change_post(
        self,
        *,
        nomination_id: str,
        post: str,
        rank: str,
        since: str,
        workplace: str | Unset | None = UNSET,
        document: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Nomination:
        """登记职务职级变动 / Record a change of post or rank."""
        return self._wire.send(
            Nomination,
            "POST",
            "/nominations/{nomination_id}/posts",
            given(
                nomination_id=nomination_id, post=post, rank=rank, workplace=workplace, since=since, document=document
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

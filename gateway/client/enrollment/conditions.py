"""Conditions of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.enrollment.types.conditions import ConditionsReply
from gateway.client.wire import UNSET, Caller, Unset, given


class ConditionsCalls(Caller):
    """选调与录取 / Enrollment: conditions."""

    def put_conditions(
        self,
        *,
        scope_id: str,
        source: str,
        lowest: str | Unset | None = UNSET,
        highest: str | Unset | None = UNSET,
        posts: list[str] | Unset = UNSET,
        head_cap: int | Unset | None = UNSET,
        nominations_close_on: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> ConditionsReply:
        """设定班次的职级、职务和单位人数条件 / Set what a programme or term asks of nominations."""
        return self._wire.send(
            ConditionsReply,
            "PUT",
            "/conditions/{scope_id}",
            given(
                scope_id=scope_id,
                lowest=lowest,
                highest=highest,
                posts=posts,
                head_cap=head_cap,
                nominations_close_on=nominations_close_on,
                source=source,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def get_conditions(self, *, scope_id: str) -> ConditionsReply:
        """查看班次的选调条件 / Show what a programme or term asks of nominations."""
        return self._wire.send(ConditionsReply, "GET", "/conditions/{scope_id}", given(scope_id=scope_id))

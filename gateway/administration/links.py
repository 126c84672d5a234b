"""Issuing a personal link by hand, for somebody who cannot be reached by message, and taking links back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from gateway.auth.links import LinkCheck
from gateway.store import REVOKED_LINKS
from shared.context import Context
from shared.security.caller import Role
from shared.security.links import PersonalLinks
from shared.storage import Store, Transaction


class LinkOperations:
    """The operations on personal links. Ends and revocations are in machine time, like those of keys."""

    def __init__(self, store: Store, links: PersonalLinks, check: LinkCheck) -> None:
        self._store, self._links, self._check = store, links, check

    def issue_personal_link(self, context: Context, request: dict[str, Any]) -> dict[str, Any]:
        """Make a link; its token is in this reply and nowhere else."""
        role = Role(request["role"])
        lifetime = timedelta(days=request["days"])

        def body(tx: Transaction) -> dict[str, Any]:
            tx.note(f"{role.value}:{request['identifier']}", "personal link issued", days=request["days"])
            return {}

        self._store.transact(replace(context, command_id=None), body, operation="issue_personal_link")
        token = self._links.issue(role, request["identifier"], lifetime)
        return {"token": token, "path": f"/my/{token}", "expires_at": _machine_now() + lifetime}

    def revoke_personal_links(self, context: Context, request: dict[str, Any]) -> dict[str, Any]:
        """Take back every link of one person issued until now; one issued in the next second on holds."""
        subject = f"{request['role']}:{request['identifier']}"
        now = _machine_now()

        def body(tx: Transaction) -> dict[str, Any]:
            row = tx.rows(REVOKED_LINKS).one({"_id": subject})
            if row is None:
                tx.rows(REVOKED_LINKS).insert({"_id": subject, "issued_until": now, "by": context.caller.subject})
            else:
                tx.rows(REVOKED_LINKS).save({**row, "issued_until": now, "by": context.caller.subject})
            return {}

        self._store.transact(
            replace(context, expected_version=None), body, operation="revoke_personal_links", request=request
        )
        self._check.forget()
        return {}


def _machine_now() -> datetime:
    return datetime.now(UTC)

"""May this caller call this operation at all?"""

from __future__ import annotations

from flask import Request, g

from gateway.parts import here
from shared.contracts import Operation
from shared.errors import Unauthenticated
from shared.messaging.permission import require_permission
from shared.security.caller import Caller

NOBODY = "anonymous"


def admit(http: Request, service: str, operation: Operation) -> Caller:
    """Return the caller. Raises ``Unauthenticated``, ``TooManyRequests`` or ``Forbidden``.

    Who has not shown who he is spends from the tokens of his address, so guessing keys is slow.
    """
    parts = here()
    if operation.public:
        parts.limiter.spend(f"address:{http.remote_addr}")
        return Caller(subject=NOBODY, roles=frozenset())
    try:
        identified = parts.identity.identify(http)
    except Unauthenticated:
        parts.limiter.spend(f"address:{http.remote_addr}")
        raise
    g.session = identified.session
    g.subject = identified.caller.subject
    parts.limiter.spend(identified.caller.subject)
    require_permission(service, operation, identified.caller)
    return identified.caller

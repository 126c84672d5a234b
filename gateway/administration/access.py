"""Keys and accounts made from the operator's own machine, under the same rules as through the gateway."""

from __future__ import annotations

from typing import Any

from gateway.administration.accounts import AccountOperations
from gateway.administration.keys import KeyOperations
from gateway.auth.keys import KeyCheck
from gateway.auth.pepper import Pepper
from gateway.auth.sessions import Sessions
from gateway.schemas import Account, IssuedKey, KeyRequest, NewAccount
from gateway.settings import GatewaySettings
from gateway.store import ITSELF
from shared.contracts.schema import load
from shared.storage import Store


class Access:
    """What the gateway does for its administrators, without a gateway: for a deployment that has none of them yet."""

    def __init__(self, store: Store, secrets: tuple[str, ...]) -> None:
        self.clock = store.clock
        pepper = Pepper(secrets)
        sessions = Sessions(store, self.clock, pepper, GatewaySettings(secrets))
        self._keys = KeyOperations(store, self.clock, pepper, KeyCheck(store, self.clock, pepper))
        self._accounts = AccountOperations(store, self.clock, sessions)

    def issue_key(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the new key; ``key`` is its text. Raises ``Invalid`` as the gateway would."""
        made: dict[str, Any] = IssuedKey().dump(self._keys.issue_key(ITSELF, load(KeyRequest(), request)))
        return made

    def create_account(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the new account. Raises ``Invalid`` or, for a name already taken, ``Conflict``."""
        made: dict[str, Any] = Account().dump(self._accounts.create_account(ITSELF, load(NewAccount(), request)))
        return made

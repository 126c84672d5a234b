"""Client of Gateway: sessions, accounts, keys and events (网关：登录、账号、密钥与事件).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.gateway.contract import ContractCalls
from gateway.client.gateway.schema import SchemaCalls
from gateway.client.gateway.schemas import SchemasCalls


class Gateway(ContractCalls, SchemaCalls, SchemasCalls):
    """网关：登录、账号、密钥与事件 / Gateway: sessions, accounts, keys and events."""

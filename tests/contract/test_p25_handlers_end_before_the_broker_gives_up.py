"""P25: no setting lets a handler run into RabbitMQ's acknowledgement timeout of 30 minutes."""

from __future__ import annotations

import pytest

from shared.config import BROKER_ACK_TIMEOUT, SettingsInvalid, default_settings, read_settings


def test_p25_the_default_limit_lies_below_the_brokers() -> None:
    assert default_settings().handler_seconds < BROKER_ACK_TIMEOUT == 30 * 60


def test_p25_a_limit_at_the_brokers_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIAOXUN_HANDLER_SECONDS", "1800")
    with pytest.raises(SettingsInvalid, match="P25") as caught:
        read_settings()
    assert "确认时限" in caught.value.message.zh


def test_p25_every_operation_of_every_contract_times_out_below_it() -> None:
    from shared.plugins import Registry
    from shared.runtime.directory import installed_contracts

    contracts = installed_contracts(Registry().discover()).contracts
    slow = [
        f"{contract.name}.{operation.name}"
        for contract in contracts
        for operation in contract.operations
        if operation.timeout >= BROKER_ACK_TIMEOUT
    ]
    assert contracts
    assert slow == []

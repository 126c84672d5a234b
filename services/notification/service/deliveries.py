"""The delivery ledger, and who issues and reaches whom how."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.notification import contract
from services.notification.commands import sending, settings
from services.notification.queries import deliveries
from services.notification.service.desk import Desk
from shared.messaging import Call, serves, ticks


class DeliveryEntrypoints(Desk):
    """The delivery ledger, and who issues and reaches whom how."""

    @serves(contract.LIST_DELIVERIES)
    def list_deliveries(self, call: Call) -> dict[str, Any]:
        """List deliveries."""
        return self.kit.query(call, deliveries.list_deliveries)

    @serves(contract.RETRY_DELIVERY)
    def retry_delivery(self, call: Call) -> dict[str, Any]:
        """Try a delivery again."""
        return self.kit.command(call, sending.retry_delivery)

    @serves(contract.PUT_CHANNEL_PREFERENCE)
    def put_channel_preference(self, call: Call) -> dict[str, Any]:
        """Set the channels of a recipient."""
        settings.check_channels(call.request, self.kit.plugins)
        return self.kit.command(call, settings.put_channel_preference)

    @serves(contract.LIST_CHANNEL_PREFERENCES)
    def list_channel_preferences(self, call: Call) -> dict[str, Any]:
        """List the channels of recipients."""
        return self.kit.query(call, deliveries.list_channel_preferences)

    @serves(contract.PUT_ISSUER)
    def put_issuer(self, call: Call) -> dict[str, Any]:
        """Set who issues a kind of letter."""
        return self.kit.command(call, settings.put_issuer)

    @serves(contract.LIST_ISSUERS)
    def list_issuers(self, call: Call) -> dict[str, Any]:
        """List who issues letters."""
        return self.kit.query(call, deliveries.list_issuers)

    @ticks("deliveries", every=timedelta(seconds=30))
    def send_due_deliveries(self, slot: datetime) -> None:
        """Try deliveries whose time has come."""
        sending.send_due(self.kit.tick(slot, "deliveries"))

"""The notification service: entrypoints, each one line into a command, a query or long work."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from services.enrollment.contract import NOMINATION_WITHDRAWN, ROSTER_ADMITTED
from services.notification import contract, store
from services.notification.commands import registration, sending, settings, terms, voiding
from services.notification.commands.press import Press
from services.notification.commands.printing import print_batch
from services.notification.queries import deliveries, letters
from services.scheduling.contract import TERM_CANCELLED, TERM_MOVED, TERM_PLACED
from shared.messaging import Call, Delivery, handles, serves, ticks
from shared.runtime import Kit


class NotificationService:
    """Registers, prints and delivers official letters."""

    name = "notification"
    kit = Kit(contract.CONTRACT, store.SCHEMA)
    _presses: ClassVar[dict[str, Press]] = {}

    @serves(contract.LIST_LETTERS)
    def list_letters(self, call: Call) -> dict[str, Any]:
        """List letters."""
        return self.kit.query(call, letters.list_letters)

    @serves(contract.GET_LETTER)
    def get_letter(self, call: Call) -> dict[str, Any]:
        """Show one letter."""
        return self.kit.query(call, letters.get_letter)

    @serves(contract.GET_LETTER_FILE)
    def get_letter_file(self, call: Call) -> dict[str, Any]:
        """Return the PDF of a letter."""
        return self.kit.query(call, letters.get_letter_file)

    @serves(contract.LETTERS_SUMMARY)
    def letters_summary(self, call: Call) -> dict[str, Any]:
        """Count letters and deliveries."""
        return self.kit.query(call, letters.letters_summary)

    @serves(contract.VOID_LETTER)
    def void_letter(self, call: Call) -> dict[str, Any]:
        """Make a letter void."""
        return self.kit.command(call, voiding.void_letter)

    @serves(contract.ISSUE_LETTERS)
    def issue_letters(self, call: Call) -> dict[str, Any]:
        """Bring a roster's letters up to date."""
        return registration.register_roster(self.kit.work(call))

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

    @handles(ROSTER_ADMITTED)
    def on_roster_admitted(self, delivery: Delivery) -> None:
        """Register the letters of a unit's admitted people."""
        registration.register_roster(self.kit.work(delivery))

    @handles(NOMINATION_WITHDRAWN)
    def on_nomination_withdrawn(self, delivery: Delivery) -> None:
        """Draw up a roster's letters anew when somebody on it no longer goes."""
        if delivery.data["was_admitted"]:
            registration.register_roster(self.kit.work(delivery))

    @handles(contract.ROSTER_OUTDATED)
    def on_roster_outdated(self, delivery: Delivery) -> None:
        """Draw up a roster's letters anew."""
        registration.register_roster(self.kit.work(delivery))

    @handles(contract.BATCH_REGISTERED)
    def on_batch_registered(self, delivery: Delivery) -> None:
        """Print and send a batch of letters."""
        print_batch(self.kit.work(delivery), self._press())

    @handles(TERM_PLACED)
    def on_term_placed(self, delivery: Delivery) -> None:
        """Learn a term's dates and place."""
        self.kit.react(delivery, terms.record_term)

    @handles(TERM_MOVED)
    def on_term_moved(self, delivery: Delivery) -> None:
        """Learn a term's new dates and place."""
        self.kit.react(delivery, terms.record_term)

    @handles(TERM_CANCELLED)
    def on_term_cancelled(self, delivery: Delivery) -> None:
        """Make the letters of a term void."""
        self.kit.react(delivery, terms.cancel_term)

    @ticks("deliveries", every=timedelta(seconds=30))
    def send_due_deliveries(self, slot: datetime) -> None:
        """Try deliveries whose time has come."""
        sending.send_due(self.kit.tick(slot, "deliveries"))

    def _press(self) -> Press:
        # One press a process and folder of fonts: fonts and templates stay warm over all batches.
        folder = self.kit.settings.var / "fonts"
        return self._presses.setdefault(str(folder), Press(folder))

"""The register of letters, and printing."""

from __future__ import annotations

from typing import Any

from services.enrollment.contract import NOMINATION_WITHDRAWN, ROSTER_ADMITTED
from services.notification import contract
from services.notification.commands import acknowledgements, registration, sign_off, voiding
from services.notification.commands.printing import print_batch
from services.notification.queries import acknowledgements as acknowledgement_queries
from services.notification.queries import exports, letters
from services.notification.service.desk import Desk
from shared.messaging import Call, Delivery, handles, serves


class LetterEntrypoints(Desk):
    """The register of letters, and printing."""

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
        return self.kit.long_command(call, registration.issue_letters)

    @serves(contract.EXPORT_NOTIFICATION_FILES)
    def export_notification_files(self, call: Call) -> dict[str, Any]:
        """Export the files of a term."""
        return self.kit.query(call, exports.export_notification_files)

    @serves(contract.SIGN_OFF_LETTERS)
    def sign_off_letters(self, call: Call) -> dict[str, Any]:
        """Sign printed letters off."""
        return self.kit.command(call, sign_off.sign_off_letters)

    @serves(contract.ACKNOWLEDGE_LETTER)
    def acknowledge_letter(self, call: Call) -> dict[str, Any]:
        """Acknowledge a letter."""
        return self.kit.command(call, acknowledgements.acknowledge_letter)

    @serves(contract.ACKNOWLEDGE_ROSTER)
    def acknowledge_roster(self, call: Call) -> dict[str, Any]:
        """Acknowledge all letters of a unit's roster."""
        return self.kit.command(call, acknowledgements.acknowledge_roster)

    @serves(contract.LIST_ACKNOWLEDGEMENTS)
    def list_acknowledgements(self, call: Call) -> dict[str, Any]:
        """Show the acknowledgements of a term."""
        return self.kit.query(call, acknowledgement_queries.list_acknowledgements)

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
        print_batch(self.kit.work(delivery), self.press())

    @handles(contract.BATCH_SIGNED_OFF)
    def on_batch_signed_off(self, delivery: Delivery) -> None:
        """Send letters that were signed off."""
        print_batch(self.kit.work(delivery), self.press())

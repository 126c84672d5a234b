"""Certificates: issued, revoked, replaced, verified."""

from __future__ import annotations

from typing import Any

from services.compliance.contract import COMPLETION_DECIDED
from services.notification import contract
from services.notification.commands import certifying, reissuing, revoking
from services.notification.queries import certificates
from services.notification.service.desk import Desk
from shared.messaging import Call, Delivery, handles, serves


class CertificateEntrypoints(Desk):
    """Certificates: issued, revoked, replaced, verified."""

    @serves(contract.LIST_CERTIFICATES)
    def list_certificates(self, call: Call) -> dict[str, Any]:
        """List certificates."""
        return self.kit.query(call, certificates.list_certificates)

    @serves(contract.GET_CERTIFICATE)
    def get_certificate(self, call: Call) -> dict[str, Any]:
        """Show one certificate."""
        return self.kit.query(call, certificates.get_certificate)

    @serves(contract.GET_CERTIFICATE_FILE)
    def get_certificate_file(self, call: Call) -> dict[str, Any]:
        """Return the PDF of a certificate."""
        return self.kit.query(call, certificates.get_certificate_file)

    @serves(contract.CERTIFICATES_SUMMARY)
    def certificates_summary(self, call: Call) -> dict[str, Any]:
        """Count certificates."""
        return self.kit.query(call, certificates.certificates_summary)

    @serves(contract.VERIFY_CERTIFICATE)
    def verify_certificate(self, call: Call) -> dict[str, Any]:
        """Verify a certificate."""
        keys = self.kit.signing_keys.public
        return self.kit.query(call, lambda view, request: certificates.verify_certificate(view, request, keys))

    @serves(contract.GET_CERTIFICATE_KEYS)
    def get_certificate_keys(self, call: Call) -> dict[str, Any]:
        """Return the keys that verify certificates."""
        return self.kit.query(call, lambda view, request: certificates.certificate_keys(self.kit.signing_keys.public))

    @serves(contract.ISSUE_CERTIFICATES)
    def issue_certificates(self, call: Call) -> dict[str, Any]:
        """Bring the certificates of a term up to what was decided."""
        return self.kit.long_command(
            call, lambda work: certifying.issue_term(work, self.press(), self.kit.signing_keys)
        )

    @serves(contract.REVOKE_CERTIFICATE)
    def revoke_certificate(self, call: Call) -> dict[str, Any]:
        """Revoke a certificate."""
        return self.kit.command(call, revoking.revoke_certificate)

    @serves(contract.REISSUE_CERTIFICATE)
    def reissue_certificate(self, call: Call) -> dict[str, Any]:
        """Replace a certificate by a new one."""
        return self.kit.long_command(
            call, lambda work: reissuing.reissue_certificate(work, self.press(), self.kit.signing_keys)
        )

    @handles(COMPLETION_DECIDED, name="certificates")
    def on_completion_decided(self, delivery: Delivery) -> None:
        """Ask for the certificates of the unit whose trainee completed, or no longer did."""
        self.kit.react(delivery, certifying.note_completion)

    @handles(contract.CERTIFICATES_DUE)
    def on_certificates_due(self, delivery: Delivery) -> None:
        """Issue what the people of a unit are owed."""
        certifying.issue_term(self.kit.work(delivery), self.press(), self.kit.signing_keys)

"""结业证书: the Party school certifies that somebody completed a term."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from services.notification.domain.certificate import CertificateFacts
from services.notification.domain.wording import long_date, period, printable
from services.notification.plugins.wording import template


class CompletionCertificate:
    """Words the certificate; fields as compiled in the domain rules, 4.2 (no official template is known)."""

    kind: Literal["certificate"] = "certificate"

    def __init__(self, note: str) -> None:
        self._note = note

    def template(self) -> str:
        """Return the typst source."""
        return template("completion_certificate")

    def compose(self, facts: CertificateFacts, number: str, dated: date) -> dict[str, Any]:
        """Return what the template shows; the serial, its code and the QR code come from the host."""
        name, sex = printable(facts.name), printable(facts.sex)
        programme = f"{printable(facts.programme_title)}（第{facts.ordinal}期）"
        return {
            "title": ["结业证书"],
            "issuer": {"name": printable(facts.issuer)},
            "name": name,
            "text": f"同志{f'（{sex}）' if sex else ''}于{period(facts.starts_on, facts.ends_on)}参加{programme}学习，"
            f"学制{facts.days}天，完成{facts.hours}学时，经考核合格，准予结业。",
            "note": self._note,
            "date": long_date(dated),
        }

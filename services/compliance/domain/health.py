"""Health declarations (健康申报): why they may be kept, how long, and the proof that they are gone.

Sources: the notice of the Cyberspace Administration of 2020-02-04; 个人信息保护法 (2021) arts. 13, 19, 28-30, 47.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from services.compliance.domain.wording import Sentence

PURPOSES = {
    "entry_check": Sentence("疫情防控入校核验", "checking who enters the school during the epidemic"),
    "daily_report": Sentence("在校期间疫情防控日报", "the daily report during the epidemic"),
}
BASES = {
    "consent": Sentence("本人同意", "consent of the person"),
    "statutory_duty": Sentence("履行法定职责", "a statutory duty"),
    "public_health_emergency": Sentence("应对突发公共卫生事件", "a public-health emergency"),
}


def delete_by(term_ends_on: date, keep_days: int) -> date:
    """Return the day on which a declaration for a term is deleted: from its midnight on nobody can read it."""
    return term_ends_on + timedelta(days=keep_days)


def is_due(delete_by: date, today: date) -> bool:
    """Return whether a declaration has to be gone."""
    return today >= delete_by


def digest_of(ids: Iterable[str]) -> str:
    """Return SHA-256 over identifiers, whatever their order."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Proof:
    """What was deleted, when and why; ``seal`` binds it to the proof before, so that none can be taken out."""

    number: int
    term_id: str
    cause: str
    purged_at: str
    removed: tuple[str, ...]
    digest: str
    previous: str

    @property
    def seal(self) -> str:
        """SHA-256 over everything the proof says."""
        said = [self.number, self.term_id, self.cause, self.purged_at, len(self.removed), self.digest, self.previous]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    @property
    def holds(self) -> bool:
        """Whether the digest is that of the identifiers it names."""
        return self.digest == digest_of(self.removed)

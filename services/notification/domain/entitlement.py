"""Which letters a unit's roster of one term is owed, given those it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Held:
    """A current letter and the digest of what it says."""

    letter_id: str
    digest: str


@dataclass(frozen=True)
class Owed:
    """One letter to register. ``nomination_id`` is ``None`` for the transfer letter."""

    nomination_id: str | None
    digest: str
    supersedes: str | None = None


@dataclass(frozen=True)
class Decision:
    """What to do: letters to register, and letters whose person is no longer on the roster."""

    register: tuple[Owed, ...] = ()
    withdraw: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the letters at hand are right already."""
        return not self.register and not self.withdraw


@dataclass(frozen=True)
class Entitlement:
    """The current letters of one unit in one term: one transfer letter, one admission notice a trainee."""

    transfer: Held | None = None
    admissions: Mapping[str, Held] = field(default_factory=dict)

    def letter_of(self, nomination_id: str) -> str | None:
        """Return what a trainee holds; ``None`` for nothing."""
        held = self.admissions.get(nomination_id)
        return held.letter_id if held else None

    def decide(self, transfer_digest: str | None, admission_digests: Mapping[str, str]) -> Decision:
        """Return what a roster asks for.

        A letter that already says the same is kept, one that says something else is superseded, one whose person
        left is withdrawn; an empty roster (``transfer_digest`` is ``None``) withdraws all. Asking twice asks for
        nothing the second time.
        """
        register = []
        if transfer_digest is not None and (self.transfer is None or self.transfer.digest != transfer_digest):
            register.append(Owed(None, transfer_digest, self.transfer.letter_id if self.transfer else None))
        for nomination_id, digest in admission_digests.items():
            held = self.admissions.get(nomination_id)
            if held is None or held.digest != digest:
                register.append(Owed(nomination_id, digest, held.letter_id if held else None))
        withdraw = [held.letter_id for key, held in self.admissions.items() if key not in admission_digests]
        if transfer_digest is None and self.transfer is not None:
            withdraw.append(self.transfer.letter_id)
        return Decision(tuple(register), tuple(withdraw))

    def hold(self, owed: Owed, letter_id: str) -> Entitlement:
        """Return the entitlement with a letter just registered."""
        held = Held(letter_id, owed.digest)
        if owed.nomination_id is None:
            return replace(self, transfer=held)
        return replace(self, admissions={**self.admissions, owed.nomination_id: held})

    def let_go(self, letter_id: str) -> Entitlement:
        """Return the entitlement without a letter that became void."""
        transfer = None if self.transfer and self.transfer.letter_id == letter_id else self.transfer
        kept = {key: held for key, held in self.admissions.items() if held.letter_id != letter_id}
        return Entitlement(transfer, kept)

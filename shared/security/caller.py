"""The caller of an operation: roles, reach along the organisation tree, scopes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shared.errors import Forbidden


class Role(StrEnum):
    """What a caller is in the city's training work; system, security and audit administration are kept apart."""

    ORGANISATION_DEPARTMENT = "organisation_department"
    PARTY_SCHOOL = "party_school"
    UNIT = "unit"
    TRAINEE = "trainee"
    LECTURER = "lecturer"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    SERVICE = "service"


WHOLE_CITY = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody or something that calls; made by the gateway (or a service for itself) and carried signed.

    ``units`` are roots of subtrees of the organisation tree: unit identifiers are dotted paths
    (``jiangcheng.donghu.health``), and ``WHOLE_CITY`` (the empty path) reaches every unit.
    ``scopes`` narrows further: ``None`` means no narrowing; else entries such as ``enrollment:read``,
    ``enrollment:write``, ``enrollment.import_roster`` or ``*:read``.
    """

    subject: str
    roles: frozenset[Role]
    units: tuple[str, ...] = ()
    scopes: frozenset[str] | None = None

    def reaches(self, unit_id: str) -> bool:
        """Return whether ``unit_id`` lies in one of the caller's subtrees."""
        return any(root == WHOLE_CITY or unit_id == root or unit_id.startswith(root + ".") for root in self.units)

    def reaches_whole_city(self) -> bool:
        """Return whether no row of any unit is out of reach."""
        return WHOLE_CITY in self.units

    def require_reach(self, unit_id: str) -> None:
        """Raise ``Forbidden`` when ``unit_id`` is out of the caller's reach."""
        if not self.reaches(unit_id):
            raise Forbidden(
                f"无权处理参训单位“{unit_id}”的数据，只能处理本单位及下属单位",
                f"unit {unit_id!r} is outside your reach; only your own unit and those below it are open to you",
                unit_id=unit_id,
            )

    def own_id(self, role: Role) -> str:
        """Return whom a caller with a personal link is: a trainee's nomination, a lecturer's identifier.

        Raises ``Forbidden`` for anybody who is not that one person: reach along the tree of units opens nothing here.
        """
        kind, _, identifier = self.subject.partition(":")
        if self.roles != {role} or kind != role.value or not identifier:
            raise Forbidden(
                "此操作须由本人通过个人链接办理", "only the person concerned may do this, through the personal link"
            )
        return identifier

    def holds(self, roles: frozenset[Role]) -> bool:
        """Return whether every role of the caller is among ``roles``: two roles intersect, they never widen."""
        return bool(self.roles) and self.roles <= roles

    def in_scope(self, service: str, operation: str, kind: str) -> bool:
        """Return whether the caller's scopes open this operation (``kind`` is ``query`` or ``command``)."""
        if self.scopes is None:
            return True
        access = "read" if kind == "query" else "write"
        return not self.scopes.isdisjoint({f"{service}.{operation}", f"{service}:{access}", f"*:{access}"})


def service_caller(name: str) -> Caller:
    """Return the caller that a service is when it acts for itself, in a timer or on an event."""
    return Caller(subject=f"service:{name}", roles=frozenset({Role.SERVICE}), units=(WHOLE_CITY,))

"""Fields, roles and faults that several operations share."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts import Reply
from shared.errors import Conflict, Invalid
from shared.security.caller import Role
from shared.wording import Words

SCHOOL = frozenset({Role.PARTY_SCHOOL})
ORGANISERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL})
OVERSEERS = ORGANISERS | {Role.AUDITOR, Role.SERVICE}
READERS = OVERSEERS | {Role.UNIT}


def identifier(**kwargs: object) -> fields.String:
    """Return the field of an identifier made by the platform."""
    return fields.String(validate=validate.Length(1, 80), **kwargs)  # type: ignore[arg-type]


def unit_path(**kwargs: object) -> fields.String:
    """Return the field of a unit's dotted path."""
    return fields.String(validate=validate.Length(1, 120), **kwargs)  # type: ignore[arg-type]


def prose(most: int, least: int = 1, **kwargs: object) -> fields.String:
    """Return the field of a text people write, of ``least`` to ``most`` characters."""
    return fields.String(validate=validate.Length(least, most), **kwargs)  # type: ignore[arg-type]


class File(Reply):
    """A file; content in base64."""

    filename = fields.String(required=True)
    media_type = fields.String(required=True)
    content = fields.String(required=True)


class Classified(Invalid):
    """A text or file bears a security marking (密级): it is not taken and not kept."""

    code = "outcomes.classified"
    title = Words("内容带有密级标志", "Security marking")


class WrongState(Conflict):
    """The state of the thing does not allow the step."""

    code = "outcomes.wrong-state"
    title = Words("当前状态不允许此操作", "Not in this state")

"""What the gateway's own operations take and give."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts import Reply, Request
from shared.security.caller import Role
from shared.security.links import PERSONAL_ROLES

GRANTABLE = tuple(sorted(role.value for role in Role if role is not Role.SERVICE))
"""Roles a key or an account may have; ``service`` is for the services among themselves."""

_SCOPE = validate.Regexp(r"^(\*|[a-z]+):(read|write)$|^[a-z]+\.[a-z][a-z0-9_]*$")
_UNIT = validate.Regexp(r"^$|^[a-z0-9_-]+(\.[a-z0-9_-]+)*$")
_PASSWORD = validate.Length(min=12, max=128)


def _roles() -> fields.List[str]:
    return fields.List(
        fields.String(validate=validate.OneOf(GRANTABLE)), required=True, validate=validate.Length(1, len(GRANTABLE))
    )


def _units() -> fields.List[str]:
    return fields.List(
        fields.String(validate=_UNIT),
        required=True,
        validate=validate.Length(1, 50),
        metadata={
            "description": "单位子树的根；空串为全市 / roots of unit subtrees; the empty string is the whole city"
        },
    )


class Login(Request):
    """Name, password and, where it is turned on, the one-time code."""

    username = fields.String(required=True, validate=validate.Length(1, 64))
    password = fields.String(required=True, validate=validate.Length(1, 128))
    code = fields.String(validate=validate.Regexp(r"^\d{6}$"))


class Session(Reply):
    """Who is logged in and until when; ``csrf_token`` goes back in ``X-CSRF-Token`` with every change."""

    account_id = fields.String(required=True)
    username = fields.String(required=True)
    title = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    units = fields.List(fields.String(), required=True)
    totp = fields.Boolean(required=True)
    csrf_token = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)


class NewPassword(Request):
    """One's own password, old and new."""

    old = fields.String(required=True, validate=validate.Length(1, 128))
    new = fields.String(required=True, validate=_PASSWORD)


class TotpSecret(Reply):
    """The secret for an authenticator app; it counts from the first confirmed code."""

    secret = fields.String(required=True)
    uri = fields.String(required=True)


class ConfirmTotp(Request):
    """A code that shows the app has the secret."""

    code = fields.String(required=True, validate=validate.Regexp(r"^\d{6}$"))


class RemoveTotp(Request):
    """The password again: turning a second factor off is not for a session left open."""

    password = fields.String(required=True, validate=validate.Length(1, 128))


class KeyRequest(Request):
    """What a new key may do, for which units, until when. ``scopes`` null: whatever its roles may."""

    label = fields.String(required=True, validate=validate.Length(1, 80))
    roles = _roles()
    units = _units()
    scopes = fields.List(
        fields.String(validate=_SCOPE),
        required=True,
        allow_none=True,
        validate=validate.Length(1, 100),
        metadata={"description": "如 enrollment:read、enrollment.file_roster / such as enrollment:read"},
    )
    expires_at = fields.AwareDateTime(required=True)


class KeyPath(Request):
    """Which key."""

    key_id = fields.String(required=True, validate=validate.Length(1, 40))


class Key(Reply):
    """An API key without its secret."""

    key_id = fields.String(required=True)
    label = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    units = fields.List(fields.String(), required=True)
    scopes = fields.List(fields.String(), required=True, allow_none=True)
    created_by = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)
    last_used_at = fields.AwareDateTime(required=True, allow_none=True)


class IssuedKey(Key):
    """A new key. ``key`` is shown this once; a repeated request (same idempotency key) answers null."""

    key = fields.String(required=True, allow_none=True)


class NewAccount(Request):
    """A new account of the console."""

    username = fields.String(required=True, validate=validate.Regexp(r"^[a-z][a-z0-9._-]{2,31}$"))
    title = fields.String(required=True, validate=validate.Length(1, 80))
    password = fields.String(required=True, validate=_PASSWORD)
    roles = _roles()
    units = _units()


class AccountPath(Request):
    """Which account."""

    account_id = fields.String(required=True, validate=validate.Length(1, 40))


class AccountChange(AccountPath):
    """What changes; what is left out stays."""

    title = fields.String(validate=validate.Length(1, 80))
    roles = fields.List(fields.String(validate=validate.OneOf(GRANTABLE)), validate=validate.Length(1, len(GRANTABLE)))
    units = fields.List(fields.String(validate=_UNIT), validate=validate.Length(1, 50))
    disabled = fields.Boolean()


class NewPasswordFor(AccountPath):
    """A password set by the security administrator; every session of the account ends."""

    password = fields.String(required=True, validate=_PASSWORD)
    remove_totp = fields.Boolean(
        load_default=False,
        metadata={
            "description": "手机遗失时一并停用动态口令 / turn one-time codes off too, for somebody who lost the phone"
        },
    )


class Account(Reply):
    """An account without its password."""

    account_id = fields.String(required=True)
    username = fields.String(required=True)
    title = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    units = fields.List(fields.String(), required=True)
    totp = fields.Boolean(required=True)
    disabled = fields.Boolean(required=True)
    locked_until = fields.AwareDateTime(required=True, allow_none=True)
    last_login_at = fields.AwareDateTime(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


PERSONAL = tuple(sorted(role.value for role in PERSONAL_ROLES))


class PersonalLinkOf(Request):
    """Whose links: a trainee by the nomination, a lecturer by the identifier."""

    role = fields.String(required=True, validate=validate.OneOf(PERSONAL))
    identifier = fields.String(required=True, validate=validate.Regexp(r"^[A-Za-z0-9._-]{1,80}$"))


class PersonalLinkRequest(PersonalLinkOf):
    """Whom a new link is for, and how many days it holds."""

    days = fields.Integer(strict=True, load_default=30, validate=validate.Range(1, 400))


class IssuedPersonalLink(Reply):
    """A link in the clear: ``path`` at the gateway, or ``token`` as a bearer token."""

    token = fields.String(required=True)
    path = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)

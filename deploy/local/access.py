"""Who may use a freshly made embedded stack: the sample accounts and the key of the main line's driver."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from deploy.local.stack_secrets import StackSecrets, with_password
from gateway.administration.bootstrap import ensure_account, issue_key
from gateway.auth.keys import KeyCheck
from gateway.auth.pepper import Pepper
from gateway.store import ACCOUNTS, ITSELF
from shared.clock import Clock
from shared.errors import Unauthenticated
from shared.security.caller import WHOLE_CITY, Role
from shared.storage import Store

_KEY_LASTS = timedelta(days=3650)
SAMPLE_ACCOUNTS: tuple[tuple[str, str, Role, str], ...] = (
    # user name, title, role, unit
    ("organiser", "组织部干部教育科", Role.ORGANISATION_DEPARTMENT, WHOLE_CITY),
    ("school", "党校教务处", Role.PARTY_SCHOOL, WHOLE_CITY),
    ("donghu", "东湖区委组织部", Role.UNIT, "jiangcheng.donghu"),
    ("auditor", "审计员", Role.AUDITOR, WHOLE_CITY),
    ("admin", "安全管理员", Role.SECURITY_ADMIN, WHOLE_CITY),
)


def ensure_access(store: Store, clock: Clock, secrets: StackSecrets) -> StackSecrets:
    """Make the sample accounts and the driver's key where they are missing; return the secrets with them, to keep."""
    accounts = store.view(ITSELF).rows(ACCOUNTS)
    for username, title, role, unit in SAMPLE_ACCOUNTS:
        secrets = with_password(secrets, username)
        if accounts.one({"username": username}) is None:
            ensure_account(store, clock, username, secrets.passwords[username], title, [role], [unit])
    if not _holds(store, clock, secrets):
        key = issue_key(
            store, clock, (secrets.caller_secret,), "diaoxun run", [Role.ORGANISATION_DEPARTMENT],
            expires_at=clock.now() + _KEY_LASTS,
        )  # fmt: skip
        secrets = replace(secrets, api_key=key)
    return secrets


def _holds(store: Store, clock: Clock, secrets: StackSecrets) -> bool:
    if not secrets.api_key:
        return False
    try:
        KeyCheck(store, clock, Pepper((secrets.caller_secret,))).check(secrets.api_key)
    except Unauthenticated:
        return False
    return True

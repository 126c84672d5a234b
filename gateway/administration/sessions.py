"""Logging in and out, and what a person changes about the own account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Response, after_this_request, g, request

from gateway.administration.accounts import WITHOUT_TOTP
from gateway.auth import totp
from gateway.auth.guesses import Guesses
from gateway.auth.passwords import hash_password, is_password
from gateway.auth.same_origin import require_same_origin
from gateway.auth.sessions import OpenSession, Sessions
from gateway.faults import Locked
from gateway.store import ACCOUNTS, ITSELF
from shared.clock import Clock
from shared.context import Context
from shared.errors import Conflict, Fault, Forbidden, Invalid, Unauthenticated
from shared.storage import Store, Transaction


class SessionOperations:
    """The operations of a person on the own session and account."""

    def __init__(self, store: Store, clock: Clock, sessions: Sessions, guesses: Guesses) -> None:
        self._store, self._clock, self._sessions, self._guesses = store, clock, sessions, guesses

    def open_session(self, context: Context, login: dict[str, Any]) -> dict[str, Any]:
        """Log in: cookie in the response. Raises ``Locked``, or ``Unauthenticated`` without saying what was wrong."""
        require_same_origin(request)
        opened: list[OpenSession] = []

        def body(tx: Transaction) -> None:
            opened[:] = [self._log_in(tx, login)]

        mine = replace(context, caller=ITSELF.caller)
        self._carry_out(mine, "open_session", body, {"username": login["username"]})
        self._set_cookie(opened[0])
        return shown_session(opened[0])

    def get_session(self, context: Context, _: dict[str, Any]) -> dict[str, Any]:
        """Return the session at hand."""
        return shown_session(_session())

    def close_session(self, context: Context, _: dict[str, Any]) -> dict[str, Any]:
        """Log out: the session ends and the cookie goes."""
        session = _session()

        def body(tx: Transaction) -> dict[str, Any]:
            self._sessions.end(tx, session.session_id)
            return {}

        self._store.transact(context, body, operation="close_session", request={})

        @after_this_request
        def take(response: Response) -> Response:
            self._sessions.take(response)
            return response

        return {}

    def change_password(self, context: Context, change: dict[str, Any]) -> dict[str, Any]:
        """Change the own password; every other session of the account ends. Raises ``Locked`` as a log-in does."""
        session = _session()
        hashed = hash_password(change["new"])

        def save(tx: Transaction, row: dict[str, Any]) -> None:
            row = self._with_password(tx, row, change["old"])
            tx.rows(ACCOUNTS).save({**row, "password_hash": hashed})
            self._sessions.end_all(tx, row["_id"], but=session.session_id)

        return self._change(context, "change_password", session, save)

    def begin_totp(self, context: Context, _: dict[str, Any]) -> dict[str, Any]:
        """Give a secret for an authenticator app; it counts once a code confirmed it.

        Raises ``Conflict`` while codes are on: whoever finds a session open must not put another app in their place.
        """
        session = _session()
        secret = totp.new_secret()

        def save(tx: Transaction, row: dict[str, Any]) -> None:
            if row["totp_on"]:
                raise Conflict(
                    "动态口令已启用；如需更换手机，请先凭密码停用",
                    "one-time codes are on; to change to another phone, turn them off with the password first",
                )
            tx.rows(ACCOUNTS).save({**row, "totp_pending": secret})

        self._change(context, "begin_totp", session, save)
        return {"secret": secret, "uri": totp.provisioning_uri(secret, session.account["username"])}

    def confirm_totp(self, context: Context, confirmation: dict[str, Any]) -> dict[str, Any]:
        """Turn one-time codes on with a first code."""
        session = _session()

        def save(tx: Transaction, row: dict[str, Any]) -> None:
            if row.get("totp_pending") is None:
                raise Conflict("请先申请动态口令密钥", "ask for a one-time-code secret first")
            secret = tx.rows(ACCOUNTS).unseal(row, "totp_pending", purpose="confirm one-time code")
            step = totp.accepted_step(secret, confirmation["code"], self._clock.now(), None)
            if step is None:
                raise Invalid(
                    "动态口令不正确，请核对手机时间后输入新的口令",
                    "the one-time code is wrong; check the phone's time and enter a new one",
                    fields={"code": ["wrong"]},
                )
            tx.rows(ACCOUNTS).save(
                {**row, "totp_secret": secret, "totp_pending": None, "totp_on": True, "totp_step": step}
            )

        return self._change(context, "confirm_totp", session, save)

    def remove_totp(self, context: Context, removal: dict[str, Any]) -> dict[str, Any]:
        """Turn one-time codes off, with the password. Raises ``Locked`` as a log-in does."""
        session = _session()

        def save(tx: Transaction, row: dict[str, Any]) -> None:
            row = self._with_password(tx, row, removal["password"])
            tx.rows(ACCOUNTS).save({**row, **WITHOUT_TOTP})

        return self._change(context, "remove_totp", session, save)

    def _log_in(self, tx: Transaction, login: dict[str, Any]) -> OpenSession:
        rows = tx.rows(ACCOUNTS)
        row = rows.one({"username": login["username"]})
        now = self._clock.now()
        self._guesses.require_unlocked(tx, login["username"], row)
        right = is_password(login["password"], None if row is None else row["password_hash"])
        step = None
        if right and row is not None and row["totp_on"]:
            secret = rows.unseal(row, "totp_secret", purpose="check one-time code")
            step = totp.accepted_step(secret, login.get("code", ""), now, row["totp_step"])
            right = step is not None
        if row is None or row["disabled"] or not right:
            self._guesses.count(tx, login["username"], row)
            raise Unauthenticated("账号、密码或动态口令不正确", "the name, the password or the one-time code is wrong")
        row = {**row, "failures": 0, "locked_until": None, "last_login_at": now, "totp_step": step or row["totp_step"]}
        rows.save(row)
        return self._sessions.open(tx, row)

    def _with_password(self, tx: Transaction, row: dict[str, Any], password: str) -> dict[str, Any]:
        """Return the account with its failures forgiven. A session in which the last guess is used up ends."""
        self._guesses.require_unlocked(tx, row["username"], row)
        if is_password(password, row["password_hash"]):
            return {**row, "failures": 0, "locked_until": None}
        locked = self._guesses.count(tx, row["username"], row)
        if locked is not None:
            self._sessions.end(tx, _session().session_id)
            raise locked
        raise Forbidden("原密码不正确", "the present password is wrong")

    def _change(
        self,
        context: Context,
        operation: str,
        session: OpenSession,
        save: Callable[[Transaction, dict[str, Any]], None],
    ) -> dict[str, Any]:
        def body(tx: Transaction) -> None:
            save(tx, tx.rows(ACCOUNTS).get(session.account["_id"]))

        self._carry_out(context, operation, body, {})
        return {}

    def _carry_out(
        self, context: Context, operation: str, act: Callable[[Transaction], None], request: dict[str, Any]
    ) -> None:
        refusal: list[Fault] = []

        def body(tx: Transaction) -> dict[str, Any]:
            refusal.clear()
            try:
                act(tx)
            except (Unauthenticated, Forbidden, Locked) as fault:
                refusal.append(fault)  # the counted failure has to be committed, so the fault waits
            return {}

        self._store.transact(replace(context, command_id=None), body, operation=operation, request=request)
        if refusal:
            raise refusal[0]

    def _set_cookie(self, session: OpenSession) -> None:
        @after_this_request
        def give(response: Response) -> Response:
            self._sessions.give(response, session)
            return response


def _session() -> OpenSession:
    session: OpenSession | None = g.get("session")
    if session is None:
        raise Forbidden(
            "此操作只能在登录会话中进行，接口密钥不适用", "this is for a logged-in session; an API key has none"
        )
    return session


def shown_session(session: OpenSession) -> dict[str, Any]:
    """Return what a person sees of the own session."""
    account = session.account
    return {
        **account,
        "account_id": account["_id"],
        "totp": account["totp_on"],
        "csrf_token": session.csrf_token,
        "expires_at": session.expires_at,
    }

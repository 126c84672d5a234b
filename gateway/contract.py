"""The gateway's own operations: sessions, accounts, API keys and the log of events."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.faults import Locked
from gateway.schemas import (
    Account,
    AccountChange,
    AccountPath,
    ConfirmTotp,
    IssuedKey,
    IssuedPersonalLink,
    Key,
    KeyPath,
    KeyRequest,
    Login,
    NewAccount,
    NewPassword,
    NewPasswordFor,
    PersonalLinkOf,
    PersonalLinkRequest,
    RemoveTotp,
    Session,
    TotpSecret,
)
from shared.contracts import Operation, Page, Reply, Request, ServiceContract, page_of
from shared.errors import Conflict, Forbidden, Invalid, NotFound, StaleVersion, Unauthenticated
from shared.security.caller import Role
from shared.wording import Words

EVERY_ROLE = frozenset(Role)
PEOPLE = EVERY_ROLE - {Role.SERVICE}
SECURITY = frozenset({Role.SECURITY_ADMIN})
ORGANISERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL})
READERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL, Role.UNIT, Role.AUDITOR, Role.OPERATOR})


class EventLogRequest(Page):
    """Which events: those after a place in the log, or of some types."""

    since = fields.Integer(
        strict=True,
        validate=validate.Range(0),
        metadata={
            "description": "只要此序号之后的事件；轮询时取上次的 next_since / only events after this sequence number; "
            "who polls sends the next_since of the last reply"
        },
    )
    newest = fields.Boolean(
        load_default=False, metadata={"description": "从最新的事件开始 / begin with the newest event"}
    )
    type = fields.List(fields.String(validate=validate.Length(max=100)), validate=validate.Length(max=50))


class LoggedEvent(Reply):
    """An event as the gateway keeps it: its place in the log and the CloudEvents envelope."""

    sequence = fields.Integer(required=True)
    event = fields.Dict(keys=fields.String(), required=True, metadata={"description": "CloudEvents 1.0"})


class EventGap(Reply):
    """Why a reader missed events, in words, and where to go on once what is kept of them was read again."""

    sequence = fields.Integer(
        required=True, metadata={"description": "从此序号之后继续 / go on after this sequence number"}
    )
    zh = fields.String(required=True)
    en = fields.String(required=True)


class LoggedEventPage(Reply):
    """One page of LoggedEvent; ``gap`` as in the stream's ``diaoxun.gap``, null where none was missed.

    Who polls sends ``next_since`` as the next ``since``, not the number of the last event seen: where the events of
    others follow, that number leaves the log, and a gap would be told where nothing was missed.
    """

    items = fields.List(fields.Nested(LoggedEvent), required=True)
    next_cursor = fields.String(allow_none=True, load_default=None)
    next_since = fields.Integer(
        required=True,
        allow_none=True,
        metadata={
            "description": "下次查询的 since；从最新的事件开始查询时为空 / the since of the next request; "
            "null when read newest first"
        },
    )
    gap = fields.Nested(
        EventGap,
        required=True,
        allow_none=True,
        metadata={
            "description": "该序号之后有事件缺失时的说明 / what to know when events after that place were missed"
        },
    )


OPEN_SESSION = Operation(
    "open_session", Words("登录控制台", "Log in to the console"), "command", "POST", "/session",
    Login, Session, EVERY_ROLE, errors=(Unauthenticated, Locked), status=201, public=True,
)  # fmt: skip
GET_SESSION = Operation(
    "get_session", Words("查看当前登录", "See who is logged in"), "query", "GET", "/session", Request, Session, PEOPLE,
)  # fmt: skip
CLOSE_SESSION = Operation(
    "close_session", Words("退出登录", "Log out"), "command", "DELETE", "/session", Request, Reply, PEOPLE,
)  # fmt: skip
CHANGE_PASSWORD = Operation(
    "change_password", Words("修改本人密码", "Change one's own password"), "command", "PUT", "/session/password",
    NewPassword, Reply, PEOPLE, errors=(Unauthenticated,),
)  # fmt: skip
BEGIN_TOTP = Operation(
    "begin_totp", Words("申请动态口令", "Ask for a one-time-code secret"), "command", "POST", "/session/totp",
    Request, TotpSecret, PEOPLE, errors=(Conflict,), status=201,
)  # fmt: skip
CONFIRM_TOTP = Operation(
    "confirm_totp", Words("启用动态口令", "Turn one-time codes on"), "command", "PUT", "/session/totp",
    ConfirmTotp, Reply, PEOPLE, errors=(Invalid, Conflict),
)  # fmt: skip
REMOVE_TOTP = Operation(
    "remove_totp", Words("停用动态口令", "Turn one-time codes off"), "command", "POST", "/session/totp/removal",
    RemoveTotp, Reply, PEOPLE, errors=(Unauthenticated,),
)  # fmt: skip
ISSUE_KEY = Operation(
    "issue_key", Words("签发接口密钥", "Issue an API key"), "command", "POST", "/keys",
    KeyRequest, IssuedKey, SECURITY, errors=(Forbidden, Invalid), status=201,
)  # fmt: skip
LIST_KEYS = Operation(
    "list_keys", Words("列出接口密钥", "List API keys"), "query", "GET", "/keys", Page, page_of(Key), SECURITY,
)  # fmt: skip
REVOKE_KEY = Operation(
    "revoke_key", Words("吊销接口密钥", "Revoke an API key"), "command", "DELETE", "/keys/{key_id}",
    KeyPath, Key, SECURITY, errors=(NotFound,),
)  # fmt: skip
ISSUE_PERSONAL_LINK = Operation(
    "issue_personal_link", Words("为学员或教师签发个人链接", "Issue a personal link for a trainee or a lecturer"),
    "command", "POST", "/personal-links", PersonalLinkRequest, IssuedPersonalLink, ORGANISERS,
    citywide=True, status=201,
)  # fmt: skip
REVOKE_PERSONAL_LINKS = Operation(
    "revoke_personal_links", Words("收回某人的全部个人链接", "Take back every personal link of one person"),
    "command", "POST", "/personal-links/revocations", PersonalLinkOf, Reply, ORGANISERS | SECURITY, citywide=True,
)  # fmt: skip
CREATE_ACCOUNT = Operation(
    "create_account", Words("新建账号", "Create an account"), "command", "POST", "/accounts",
    NewAccount, Account, SECURITY, errors=(Conflict, Forbidden), status=201, versioned=True,
)  # fmt: skip
LIST_ACCOUNTS = Operation(
    "list_accounts", Words("列出账号", "List accounts"), "query", "GET", "/accounts", Page, page_of(Account), SECURITY,
)  # fmt: skip
GET_ACCOUNT = Operation(
    "get_account", Words("查看账号", "See an account"), "query", "GET", "/accounts/{account_id}",
    AccountPath, Account, SECURITY, errors=(NotFound,), versioned=True,
)  # fmt: skip
CHANGE_ACCOUNT = Operation(
    "change_account", Words("调整账号的角色、单位或状态", "Change an account's roles, units or state"),
    "command", "PATCH", "/accounts/{account_id}", AccountChange, Account, SECURITY,
    errors=(NotFound, Forbidden, StaleVersion), versioned=True,
)  # fmt: skip
SET_PASSWORD = Operation(
    "set_password", Words("重置账号密码", "Set an account's password"), "command", "PUT",
    "/accounts/{account_id}/password", NewPasswordFor, Reply, SECURITY, errors=(NotFound, Forbidden),
)  # fmt: skip
UNLOCK_ACCOUNT = Operation(
    "unlock_account", Words("解除账号锁定", "Unlock an account"), "command", "DELETE", "/accounts/{account_id}/lock",
    AccountPath, Account, SECURITY, errors=(NotFound,), versioned=True,
)  # fmt: skip
LIST_EVENTS = Operation(
    "list_events", Words("查询近期事件", "Read recent events"), "query", "GET", "/event-log",
    EventLogRequest, LoggedEventPage, READERS,
)  # fmt: skip

CONTRACT = ServiceContract(
    "gateway",
    Words("网关：登录、账号、密钥与事件", "Gateway: sessions, accounts, keys and events"),
    operations=(
        OPEN_SESSION, GET_SESSION, CLOSE_SESSION, CHANGE_PASSWORD, BEGIN_TOTP, CONFIRM_TOTP, REMOVE_TOTP,
        ISSUE_KEY, LIST_KEYS, REVOKE_KEY, ISSUE_PERSONAL_LINK, REVOKE_PERSONAL_LINKS,
        CREATE_ACCOUNT, LIST_ACCOUNTS, GET_ACCOUNT, CHANGE_ACCOUNT, SET_PASSWORD, UNLOCK_ACCOUNT,
        LIST_EVENTS,
    ),
    events=(),
)  # fmt: skip

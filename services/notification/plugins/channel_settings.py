"""Configurations of the channels."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

FATES = ("ok", "bounce", "timeout")
_TIMEOUT = validate.Range(1, 120)


def _said(zh: str, en: str) -> dict[str, str]:
    return {"description": f"{zh} / {en}"}


class SmtpSettings(Schema):
    """The mail server; ``security``: ``starttls``, ``tls`` from the first byte, or ``none``."""

    host = fields.String(required=True, metadata=_said("邮件服务器主机名", "the mail server"))
    port = fields.Integer(load_default=587, validate=validate.Range(1, 65535), metadata=_said("端口", "its port"))
    security = fields.String(
        load_default="starttls",
        validate=validate.OneOf(("starttls", "tls", "none")),
        metadata=_said("加密方式：starttls、tls 或 none", "encryption: starttls, tls or none"),
    )
    username = fields.String(load_default="", metadata=_said("登录用户名，空为不登录", "user name, empty: no login"))
    password = fields.String(load_default="", metadata=_said("登录密码，可引用文件", "password, may lie in a file"))
    sender = fields.Email(required=True, metadata=_said("发件人地址", "the sender's address"))
    ca_file = fields.String(load_default="", metadata=_said("自建 CA 证书", "certificate of a private CA"))
    timeout = fields.Float(load_default=20.0, validate=_TIMEOUT, metadata=_said("超时（秒）", "time limit in seconds"))


class NetworkSettings(Schema):
    """Where a channel that speaks HTTP may go; ``allowed_networks`` opens private addresses one by one (CIDR)."""

    allowed_networks = fields.List(
        fields.String(),
        load_default=list,
        metadata=_said("允许访问的内网网段（CIDR）", "private networks that may be reached (CIDR)"),
    )
    allow_http = fields.Boolean(
        load_default=False, metadata=_said("是否允许不加密的 http", "whether plain http is allowed")
    )
    ca_file = fields.String(load_default="", metadata=_said("自建 CA 证书", "certificate of a private CA"))
    timeout = fields.Float(
        load_default=15.0, validate=validate.Range(1, 60), metadata=_said("超时（秒）", "time limit in seconds")
    )


class WebhookSettings(NetworkSettings):
    """Limits of webhooks."""


class SmsSettings(NetworkSettings):
    """The city's SMS gateway and how it calls its fields."""

    url = fields.URL(
        required=True, require_tld=False, schemes={"http", "https"}, metadata=_said("短信网关网址", "its URL")
    )
    token = fields.String(load_default="", metadata=_said("访问令牌，可引用文件", "bearer token, may lie in a file"))
    names = fields.Dict(
        keys=fields.String(validate=validate.OneOf(("to", "text", "reference"))),
        values=fields.String(validate=validate.Length(1, 60)),
        load_default=dict,
        metadata=_said("网关的字段名：to、text、reference", "the gateway's names of to, text and reference"),
    )
    signature = fields.String(
        load_default="",
        validate=validate.Length(max=30),
        metadata=_said("短信签名，如【江城调训】", "before the text"),
    )


class FaxFolderSettings(Schema):
    """The folder that the fax gateway watches."""

    folder = fields.String(
        required=True, validate=validate.Length(1), metadata=_said("传真网关的文件夹", "the fax gateway's folder")
    )


class AppriseAddressSettings(Schema):
    """Which services recipients may name in their own address."""

    services = fields.List(
        fields.String(validate=validate.Regexp(r"[a-z0-9]{2,30}")),
        load_default=lambda: ["wecombot", "dingtalk", "feishu", "lark"],
        metadata=_said("允许的 Apprise 服务", "Apprise services that are opened"),
    )
    allowed_networks = fields.List(
        fields.String(),
        load_default=list,
        metadata=_said("允许访问的内网网段（CIDR）", "private networks that may be reached (CIDR)"),
    )


class AppriseRelaySettings(Schema):
    """One Apprise URL of the city's own with ``{address}`` in it."""

    url = fields.String(
        required=True,
        validate=validate.Regexp(r"[a-z0-9]{2,30}://.*\{address\}.*"),
        metadata=_said("Apprise 网址，{address}为收件人，可引用文件", "URL with {address}; may lie in a file"),
    )
    short = fields.Boolean(load_default=False, metadata=_said("只发短文", "send the short text"))


class SimulatorSettings(Schema):
    """What a simulated channel does wrong, and where it writes."""

    folder = fields.String(
        load_default="",
        metadata=_said("记录文件夹，空为数据目录下的 simulated", "where it writes, empty: simulated"),
    )
    failures = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String(validate=validate.OneOf(FATES)), validate=validate.Length(1, 20)),
        load_default=dict,
        metadata=_said("剧本：地址或*→每次尝试的结果", "script: address or * to what becomes of each attempt"),
    )


class OutboxFolderSettings(Schema):
    """Where the folder lies; by default ``outbox`` below the data directory."""

    folder = fields.String(
        load_default="",
        metadata=_said("文件夹，空为数据目录下的 outbox", "the folder, empty: outbox below the data directory"),
    )

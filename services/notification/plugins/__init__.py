"""The cards of the built-in documents and channels; their bodies are imported only when they are used."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from shared.plugins import Manifest
from shared.wording import Words

_HERE = "services.notification.plugins"


def _words(default: str, zh: str, en: str) -> fields.String:
    return fields.String(
        load_default=default, validate=validate.Length(max=400), metadata={"description": f"{zh} / {en}"}
    )


class TransferLetterWording(Schema):
    """The parts of a transfer letter that a city words for itself; an empty text leaves the paragraph out."""

    fees = _words(
        "按照有关培训费标准执行，由选派单位在报名时一并交纳，不得向学员个人分摊。",
        "培训费用",
        "what is paid and by whom",
    )
    epidemic = _words(
        "学员到校时如实提交健康申报并配合体温检测；有发热、咳嗽等症状的，不安排报到，由单位及时更换。",
        "疫情防控要求",
        "epidemic terms",
    )
    copies = _words("市委党校（行政学院）", "抄送机关", "who gets a copy")


class AdmissionNoticeWording(Schema):
    """The parts of an admission notice that a city words for itself; an empty text leaves the paragraph out."""

    bring = _words("本通知书、身份证、健康申报表。", "随带物品", "what to bring")
    health = _words(
        "如实申报健康状况；有发热、咳嗽等症状的，不得到校，并立即报告所在单位。", "健康申报", "health declaration"
    )


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
    timeout = fields.Float(
        load_default=20.0, validate=validate.Range(1, 120), metadata=_said("超时（秒）", "time limit in seconds")
    )


class WebhookSettings(Schema):
    """Limits of webhooks. ``allowed_networks`` opens private addresses one by one, in CIDR form."""

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


class OutboxFolderSettings(Schema):
    """Where the folder lies; by default ``outbox`` below the data directory."""

    folder = fields.String(
        load_default="",
        metadata=_said("文件夹，空为数据目录下的 outbox", "the folder, empty: outbox below the data directory"),
    )


TRANSFER_LETTER = Manifest(
    slug="transfer_letter",
    kind="documents",
    version="1.0.0",
    api_version="1",
    summary=Words("选调函（信函格式，附学员名单）", "Transfer letter with the list of trainees"),
    body=f"{_HERE}.transfer_letter:TransferLetter",
    config=TransferLetterWording,
    capabilities=("transfer",),
    needs=("module:typst",),
)
ADMISSION_NOTICE = Manifest(
    slug="admission_notice",
    kind="documents",
    version="1.0.0",
    api_version="1",
    summary=Words("入学通知书", "Admission notice"),
    body=f"{_HERE}.admission_notice:AdmissionNotice",
    config=AdmissionNoticeWording,
    capabilities=("admission",),
    needs=("module:typst",),
)
OUTBOX_FOLDER = Manifest(
    slug="outbox_folder",
    kind="channels",
    version="1.0.0",
    api_version="1",
    summary=Words("本地发件箱文件夹", "A local outbox folder"),
    body=f"{_HERE}.outbox_folder:OutboxFolder",
    config=OutboxFolderSettings,
    capabilities=("unit", "trainee"),
)
SMTP = Manifest(
    slug="smtp",
    kind="channels",
    version="1.0.0",
    api_version="1",
    summary=Words("电子邮件（SMTP）", "E-mail by SMTP"),
    body=f"{_HERE}.smtp:Smtp",
    config=SmtpSettings,
    capabilities=("unit", "trainee"),
    needs_address=True,
)
WEBHOOK = Manifest(
    slug="webhook",
    kind="channels",
    version="1.0.0",
    api_version="1",
    summary=Words("签名 Webhook 推送", "Signed webhooks"),
    body=f"{_HERE}.webhook:Webhook",
    config=WebhookSettings,
    capabilities=("unit",),
    needs_address=True,
)

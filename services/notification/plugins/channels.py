"""The cards of the built-in channels; their bodies are imported only when they are used.

Capabilities: ``unit`` and ``trainee`` for letters, ``message`` for messages; then ``addresses`` names the kind of
address: ``email``, ``mobile``, ``fax`` or ``app``. ``page``: it wants the message as PDF. ``local``: nothing leaves the
machine, so that the conformance kit may really send.
"""

from __future__ import annotations

from typing import Any

from services.notification.plugins import channel_settings as settings
from shared.plugins import Manifest
from shared.wording import Words

_HERE = "services.notification.plugins"


def _channel(slug: str, zh: str, en: str, body: str, config: Any, **more: Any) -> Manifest:
    return Manifest(
        slug=slug,
        kind="channels",
        version="1.0.0",
        api_version="1",
        summary=Words(zh, en),
        body=f"{_HERE}.{body}",
        config=config,
        **more,
    )


OUTBOX_FOLDER = _channel(
    "outbox_folder",
    "本地发件箱文件夹",
    "A local outbox folder",
    "outbox_folder:OutboxFolder",
    settings.OutboxFolderSettings,
    capabilities=("unit", "trainee"),
    local=True,
)
SMTP = _channel(
    "smtp",
    "电子邮件（SMTP）",
    "E-mail by SMTP",
    "smtp:Smtp",
    settings.SmtpSettings,
    capabilities=("unit", "trainee", "message"),
    needs_address=True,
    addresses="email",
)
WEBHOOK = _channel(
    "webhook",
    "签名 Webhook 推送",
    "Signed webhooks",
    "webhook:Webhook",
    settings.WebhookSettings,
    capabilities=("unit",),
    needs_address=True,
)
SMS_GATEWAY = _channel(
    "sms_gateway",
    "短信网关",
    "Text messages by an SMS gateway",
    "sms_gateway:SmsGateway",
    settings.SmsSettings,
    capabilities=("message",),
    addresses="mobile",
)
FAX_FOLDER = _channel(
    "fax_folder",
    "传真队列（文件夹）",
    "A queue of faxes in a folder",
    "fax_folder:FaxFolder",
    settings.FaxFolderSettings,
    capabilities=("message",),
    addresses="fax",
    page=True,
    local=True,
)
APPRISE = _channel(
    "apprise",
    "企业微信、钉钉等（Apprise）",
    "WeCom, DingTalk and others by Apprise",
    "apprise_services:AppriseAddress",
    settings.AppriseAddressSettings,
    capabilities=("message",),
    needs=("module:apprise",),
    addresses="app",
)
APPRISE_EMAIL = _channel(
    "apprise_email",
    "经 Apprise 发送的电子邮件",
    "E-mail through a service that Apprise knows",
    "apprise_services:AppriseRelay",
    settings.AppriseRelaySettings,
    capabilities=("message",),
    needs=("module:apprise",),
    addresses="email",
)
APPRISE_SMS = _channel(
    "apprise_sms",
    "经 Apprise 发送的短信",
    "Text messages through a service that Apprise knows",
    "apprise_services:AppriseRelay",
    settings.AppriseRelaySettings,
    capabilities=("message",),
    needs=("module:apprise",),
    addresses="mobile",
)
SIMULATED_EMAIL = _channel(
    "simulated_email",
    "模拟电子邮件（只记录）",
    "Simulated e-mail, only written down",
    "simulator:SimulatedEmail",
    settings.SimulatorSettings,
    capabilities=("message",),
    addresses="email",
    local=True,
)
SIMULATED_SMS = _channel(
    "simulated_sms",
    "模拟短信（只记录）",
    "Simulated text messages, only written down",
    "simulator:SimulatedSms",
    settings.SimulatorSettings,
    capabilities=("message",),
    addresses="mobile",
    local=True,
)
SIMULATED_FAX = _channel(
    "simulated_fax",
    "模拟传真（只记录）",
    "Simulated fax, only written down",
    "simulator:SimulatedFax",
    settings.SimulatorSettings,
    capabilities=("message",),
    addresses="fax",
    page=True,
    local=True,
)

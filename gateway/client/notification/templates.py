"""Templates of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.notification.types.templates import Preview, Rule, Rules, Template, TemplateList
from gateway.client.wire import UNSET, Caller, Unset, given


class TemplatesCalls(Caller):
    """函件与送达 / Notification: templates."""

    def list_templates(self) -> TemplateList:
        """列出文字模板 / List the wordings."""
        return self._wire.send(TemplateList, "GET", "/templates", given())

    def get_template(self, *, key: str) -> Template:
        """查看文字模板及各版本 / Show a wording with its versions."""
        return self._wire.send(Template, "GET", "/templates/{key}", given(key=key))

    def draft_template(
        self,
        *,
        key: str,
        body: str,
        subject: str | Unset = UNSET,
        short: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> Template:
        """起草文字模板的新版本 / Draft a new version of a wording."""
        return self._wire.send(
            Template,
            "POST",
            "/templates/{key}/versions",
            given(key=key, subject=subject, body=body, short=short),
            idempotency_key=idempotency_key,
        )

    def preview_template(
        self,
        *,
        key: str,
        body: str,
        subject: str | Unset = UNSET,
        short: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> Preview:
        """预览文字模板 / Preview a wording."""
        return self._wire.send(
            Preview,
            "POST",
            "/templates/{key}/preview",
            given(key=key, subject=subject, body=body, short=short),
            idempotency_key=idempotency_key,
        )

    def approve_template(self, *, key: str, number: int, idempotency_key: str | None = None) -> Template:
        """批准文字模板 / Approve a draft: it holds from now on."""
        return self._wire.send(
            Template,
            "POST",
            "/templates/{key}/approval",
            given(key=key, number=number),
            idempotency_key=idempotency_key,
        )

    def list_message_rules(self) -> Rules:
        """查看消息规则表 / Show which events become messages."""
        return self._wire.send(Rules, "GET", "/message-rules", given())

    def put_message_rule(
        self,
        *,
        key: str,
        enabled: bool,
        urgent: bool,
        remind: list[int] | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Rule:
        """调整一条消息规则 / Change a rule of messages."""
        return self._wire.send(
            Rule,
            "PUT",
            "/message-rules/{key}",
            given(key=key, enabled=enabled, urgent=urgent, remind=remind),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

"""Who issues letters and by which channels recipients are reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.notification import contract
from services.notification.domain.numbering import BadSeries, Register
from services.notification.ports import NotDelivered
from services.notification.queries.deliveries import default_issuers, shown_issuer, shown_preference
from services.notification.store import ISSUERS, PREFERENCES
from shared.errors import Invalid
from shared.plugins import Registry
from shared.storage import Collection, Transaction


def put_issuer(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set who issues a kind of letter; a new series starts its own register."""
    kind = request["kind"]
    try:
        Register(request["series"], tx.today.year)
    except BadSeries:
        raise contract.BadSeries(
            f"机关代字“{request['series']}”应为 2 至 8 个汉字，例如“江组函”",
            f"the series {request['series']!r} must be two to eight Chinese characters, such as 江组函",
            series=request["series"],
        ) from None
    if kind == "certificate" and request["sign_off"]:
        raise Invalid(
            "结业证书以组织部门确认的结业评定为准，不另设签发，请将 sign_off 设为 false",
            "certificates follow the completion that was confirmed; nobody signs them off apart, set sign_off to false",
            fields={"sign_off": "须为 false / has to be false"},
        )
    wanted = {name: request[name] for name in ("name", "signature", "series", "document", "sign_off", "contact")}
    wanted["document"] = wanted["document"] or default_issuers()[kind]["document"]
    return shown_issuer(put_settings(tx, ISSUERS, kind, wanted))


def check_channels(request: dict[str, Any], plugins: Registry) -> None:
    """Raise ``ChannelUnusable`` for a channel that is not at hand or an address it will not serve."""
    kind = request["recipient"].partition(":")[0]
    usable = {plugin.slug: plugin for plugin in plugins.of_kind("channels")}
    for choice in request["channels"]:
        slug, address = choice["channel"], choice["address"]
        manifest = usable[slug].manifest if slug in usable else None
        if manifest is None or kind not in manifest.capabilities:
            raise _unusable(slug, kind, sorted(usable))
        if manifest.extra.get("needs_address") and not address:
            raise contract.ChannelUnusable(
                f"渠道“{slug}”需要填写地址（address）", f"the channel {slug!r} needs an address", channel=slug
            )
        channel = plugins.load(f"channels/{slug}")
        check = getattr(channel.instance, "check_address", None)
        if address and check is not None:
            refused = plugins.guarded_call(channel, objection, check, address)
            if refused is not None:
                raise contract.ChannelUnusable(refused.zh, refused.en, channel=slug)


def put_channel_preference(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set the channels, checked before, of a kind of recipient or of one unit."""
    choices = [
        {"channel": choice["channel"], "address": choice["address"], "signed": bool(choice["secret"])}
        for choice in request["channels"]
    ]
    secrets = [
        [choice["channel"], choice["address"] or "", choice["secret"]]
        for choice in request["channels"]
        if choice["secret"]
    ]
    wanted = {"channels": choices, "secrets": secrets}
    return shown_preference(put_settings(tx, PREFERENCES, request["recipient"], wanted))


def objection(check: Callable[[str], None], address: str) -> NotDelivered | None:
    """Return what a channel has against an address, ``None`` when nothing."""
    try:
        check(address)
    except NotDelivered as refused:
        return refused
    return None


def put_settings(tx: Transaction, collection: Collection, key: str, wanted: dict[str, Any]) -> dict[str, Any]:
    """Store what somebody set, new or instead of what was there; ``If-Match`` 0 stands for never set."""
    rows = tx.rows(collection)
    known = rows.one({"_id": key})
    if known is None:
        tx.expect({"_id": key, "version": 0})
        return rows.insert({"_id": key, **wanted})
    return rows.save({**known, **wanted})


def _unusable(slug: str, kind: str, usable: list[str]) -> contract.ChannelUnusable:
    shown = "、".join(usable)
    return contract.ChannelUnusable(
        f"渠道“{slug}”不能用于“{kind}”，可用渠道：{shown}",
        f"the channel {slug!r} cannot be used for {kind!r}; usable ones: {', '.join(usable)}",
        channel=slug,
        usable=usable,
    )

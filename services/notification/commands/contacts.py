"""Contacts and ladders: set by staff, units and the people themselves; addresses sealed, shown masked."""

from __future__ import annotations

from typing import Any

from services.notification import contract
from services.notification.commands.settings import objection, put_settings
from services.notification.domain.contact import masked, masked_name
from services.notification.ports import NotDelivered
from services.notification.queries.contacts import shown_contact, shown_ladder
from services.notification.store import CONTACTS, LADDERS
from shared.plugins import Registry
from shared.security.caller import Role
from shared.storage import Transaction
from shared.unit_paths import require_unit_path

ADDRESSES = ("email", "mobile", "phone", "fax", "app")


def put_unit_contact(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set how a unit is reached."""
    require_unit_path(request["unit_id"])
    return _put(tx, f"unit:{request['unit_id']}", "unit", request["unit_id"], request)


def put_office_contact(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set how an office of the organisers is reached."""
    return _put(tx, f"office:{request['office']}", "office", None, request)


def put_own_contact(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set how the trainee who asks is reached: what is told of the person then comes to the person."""
    return _put(tx, f"trainee:{tx.caller.own_id(Role.TRAINEE)}", "trainee", None, request)


def check_app(request: dict[str, Any], plugins: Registry) -> None:
    """Raise ``ChannelUnusable`` for an Apprise URL that no channel would serve."""
    channels = plugins.of_kind("channels")
    takers = [each for each in channels if each.manifest and each.manifest.extra.get("addresses") == "app"]
    refused: NotDelivered | None = None
    for each in takers if request["app"] else ():
        plugin = plugins.load(each.key)
        check = getattr(plugin.instance, "check_address", None)
        refused = plugins.guarded_call(plugin, objection, check, request["app"]) if check else None
        if refused is None:
            return
    if refused is not None:
        raise contract.ChannelUnusable(refused.zh, refused.en, fields={"app": ["refused"]})


def check_ladder(request: dict[str, Any], plugins: Registry) -> None:
    """Raise ``ChannelUnusable`` for a channel that is not at hand or carries no messages."""
    usable = {
        plugin.slug
        for plugin in plugins.of_kind("channels")
        if plugin.manifest is not None and "message" in plugin.manifest.capabilities
    }
    for slug in request["channels"]:
        if slug not in usable:
            shown = sorted(usable)
            raise contract.ChannelUnusable(
                f"渠道“{slug}”不能发送消息，可用渠道：{'、'.join(shown)}",
                f"the channel {slug!r} carries no messages; usable ones: {', '.join(shown)}",
                channel=slug,
                usable=shown,
            )


def put_ladder(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set the channels, checked before, of a kind of recipient or of one recipient."""
    row = put_settings(tx, LADDERS, request["recipient"], {"channels": list(dict.fromkeys(request["channels"]))})
    return shown_ladder(row)


def _put(tx: Transaction, key: str, kind: str, unit_id: str | None, request: dict[str, Any]) -> dict[str, Any]:
    wanted = {
        "recipient_kind": kind,
        "unit_id": unit_id,
        "addresses": {name: request[name] for name in (*ADDRESSES, "person")},
        # An office's or a unit's contact is an official one: whom it names is no secret among those who may look.
        "person_shown": masked_name(request["person"]) if kind == "trainee" else request["person"],
        "shown": {name: masked(request[name]) for name in ADDRESSES},
    }
    return shown_contact(put_settings(tx, CONTACTS, key, wanted))

"""A message as the page for a fax machine, and why there may be none."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import structlog

from services.notification import contract
from services.notification.commands.press import Press
from services.notification.domain.message_text import Wording
from services.notification.queries.dispatches import words_of
from services.notification.store import DISPATCHES
from services.notification.typesetting.fonts import MissingGlyphs
from services.notification.typesetting.typesetter import TypesettingFailed
from shared.runtime.work import Work

_log = structlog.get_logger("diaoxun.notification")


def dispatch_page(work: Work, press: Press) -> dict[str, Any]:
    """Return a dispatch as the page a clerk can fax; personal links are left out. Raises ``DispatchNotPrintable``."""
    view = work.view()
    row = view.rows(DISPATCHES).get_within_reach(work.request["dispatch_id"])
    said = Wording(**words_of(view, row))
    try:
        pdf: bytes = work.offload(press.page, said, view.today)
    except (MissingGlyphs, TypesettingFailed) as failed:
        why = why_no_page(row, failed)
        raise contract.DispatchNotPrintable(why["zh"], why["en"], dispatch_id=row["_id"]) from None
    content = base64.b64encode(pdf).decode()
    return {"filename": f"传真-{row['_id']}.pdf", "media_type": "application/pdf", "content": content}


def why_no_page(row: Mapping[str, Any], failed: MissingGlyphs | TypesettingFailed) -> dict[str, str]:
    """Return in both languages why a stored dispatch has no page."""
    if isinstance(failed, MissingGlyphs):
        named = "、".join(failed.characters)
        return {
            "zh": f"字库中没有以下字符，无法生成传真页：{named}。请将含有该字的字体放入 fonts 目录并重启服务",
            "en": f"no page to fax, because no font at hand shows {named}; put one that does into the fonts folder "
            "and restart the service",
        }
    # Typst's diagnostic quotes the template, never the data.
    _log.error("a message cannot be set as a page", dispatch_id=row["_id"], diagnostic=str(failed))
    return {"zh": "传真页排版出错，详见服务日志", "en": "the page to fax cannot be set; the log has the diagnostic"}

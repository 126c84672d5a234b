"""A term's timetable as a page to print, from what scheduling says now."""

from __future__ import annotations

import base64
from typing import Any

from services.notification.commands.press import Press
from services.notification.contract.timetable_files import TimetableNotPrintable
from services.notification.domain.timetable_page import timetable_page
from services.notification.typesetting.fonts import MissingGlyphs
from services.scheduling.contract import GET_TIMETABLE
from shared.runtime.work import Work


def timetable_file(work: Work, press: Press) -> dict[str, Any]:
    """Return the PDF of a version. Raises ``NotFound`` where scheduling has none, ``TimetableNotPrintable``."""
    timetable = work.ask(GET_TIMETABLE, dict(work.request))
    # The day of the version, so that the same version gives the same bytes.
    try:
        pdf: bytes = work.offload(press.timetable, timetable_page(timetable), timetable["issued_at"].date())
    except MissingGlyphs as missing:
        named = "、".join(missing.characters)
        raise TimetableNotPrintable(
            f"字库中没有以下字符：{named}，请将含有该字的字体放入 fonts 目录并重启服务",
            f"no font at hand shows {named}; put one that does into the fonts folder and restart the service",
            characters=list(missing.characters),
        ) from None
    title = f"{timetable['programme_title']}第{timetable['ordinal']}期日程表-第{timetable['number']}版.pdf"
    content = base64.b64encode(pdf).decode()
    return {"filename": title, "media_type": "application/pdf", "content": content}

"""Reading a notice from the bytes of a file: the right importer plugin, then the reader of the domain."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Any

from services.scheduling.contract.notices import NotANotice
from services.scheduling.domain.notice import read_notice
from services.scheduling.domain.notice_draft import Problem, Reading
from services.scheduling.domain.notice_file import NoticeReader, TellingNoticeReader, UnreadableNotice
from services.scheduling.domain.notice_limits import NoticeLimits, NoticeTooLong
from services.scheduling.limits import policy_table
from shared.clock import SystemClock
from shared.errors import TooLarge
from shared.messaging import Call
from shared.plugins import Registry
from shared.runtime import Kit

MOST_BYTES = 8 * 1024 * 1024


def answer_reading(kit: Kit, call: Call) -> dict[str, Any]:
    """Read the uploaded notice beside the event loop and answer the draft and what could not be read."""
    try:
        content = base64.b64decode(call.request["file"], validate=True)
    except (binascii.Error, ValueError):
        raise NotANotice(
            "文件内容不是有效的base64，请通过上传功能提交", "the file is not valid base64; upload it"
        ) from None
    reading = kit.offload(read_notice_file, content, kit.plugins, kit.clock.today())
    problems = [
        {"line": problem.line, "text": problem.text, "message": {"zh": problem.zh, "en": problem.en}}
        for problem in reading.problems
    ]
    return {"draft": reading.draft.to_wire(), "problems": problems}


def read_notice_file(content: bytes, plugins: Registry, today: date | None = None) -> Reading:
    """Return what a notice file says. Raises ``NotANotice`` or ``TooLarge``; never half a reading of broken bytes.

    How long a notice may be is what the limits in force ``today`` say, by the machine's clock where no day is given.
    """
    if len(content) > MOST_BYTES:
        raise TooLarge(
            f"文件有{len(content)}字节，超过{MOST_BYTES // 2**20}兆的上限，这不像一份通知",
            f"the file has {len(content)} bytes, above the limit of {MOST_BYTES // 2**20} MiB; that is no notice",
        )
    if not content.strip():
        raise NotANotice("文件是空的，请给出通知全文", "the file is empty; give the whole notice")
    limits = NoticeLimits.of(policy_table().on(today or SystemClock().today()))
    try:
        text, told = _text(content, plugins)
        reading = read_notice(text, limits, told)
    except NoticeTooLong as refusal:
        raise TooLarge(refusal.zh, refusal.en) from refusal
    except UnreadableNotice as refusal:
        raise NotANotice(refusal.zh, refusal.en) from refusal
    if not reading.draft.programmes:
        raise NotANotice(
            "文件中没有读到任何班次（如“1.××专题培训班”），请确认这是年度培训计划的通知",
            "no programme (such as 1.××专题培训班) was found; make sure this is the yearly training notice",
        )
    return reading


def _text(content: bytes, plugins: Registry) -> tuple[str, list[Problem]]:
    readers = [plugins.load(plugin.key) for plugin in plugins.with_capability("importers", "notice")]
    # A reader of a packed format knows its own; plain text takes everything that is not binary and comes last.
    for plugin in sorted(readers, key=lambda plugin: plugin.slug == "notice_txt"):
        if plugins.guarded_call(plugin, plugin.instance.recognises, content):
            return plugins.guarded_call(plugin, _read, plugin.instance, content)
    raise NotANotice(
        "不认识的文件格式（可能是 PDF、图片、压缩包或旧版 Word 文档），请另存为 .docx 或文本后再读",
        "unknown file format (a PDF, a picture, an archive or an old Word file?); save the notice as .docx or text",
    )


def _read(reader: NoticeReader, content: bytes) -> tuple[str, list[Problem]]:
    try:
        if not isinstance(reader, TellingNoticeReader):
            return reader.text(content), []
        text, told = reader.text_and_problems(content)
    except UnreadableNotice as refusal:
        raise NotANotice(refusal.zh, refusal.en) from refusal
    return text, [Problem(each.line, each.text, each.zh, each.en) for each in told]

"""Reading a training notice into a draft plan."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.parts import PLANNERS, Text
from services.scheduling.contract.plans import CreatePlan
from shared.contracts import Operation, Reply, Request
from shared.errors import Malformed, TooLarge
from shared.wording import Words


class NotANotice(Malformed):
    """The file cannot be taken as a training notice."""

    code = "scheduling.not-a-notice"
    title = Words("无法识别为培训通知", "Not a training notice")


class ReadNotice(Request):
    """A notice as a file: text (UTF-8, GB18030, UTF-16) or .docx."""

    file = fields.String(required=True, metadata={"description": "通知文件 / the notice, base64 on RPC"})
    filename = fields.String(load_default="", validate=validate.Length(max=200))


class NoticeProblem(Reply):
    """A passage that could not be read; the rest was."""

    line = fields.Integer(required=True, metadata={"description": "行号，自1起 / counted from 1"})
    text = fields.String(required=True)
    message = fields.Nested(Text, required=True)


class NoticeReading(Reply):
    """What a notice says. ``draft`` is what ``create_plan`` takes; nothing was saved."""

    draft = fields.Nested(CreatePlan, required=True)
    problems = fields.List(fields.Nested(NoticeProblem), required=True)


READ_NOTICE = Operation(
    name="read_notice",
    summary=Words("读取培训通知，得到计划草案（不保存）", "Read a notice into a draft plan, saving nothing"),
    kind="command",
    verb="POST",
    path="/notice-readings",
    request=ReadNotice,
    reply=NoticeReading,
    roles=PLANNERS,
    errors=(NotANotice, TooLarge),
    timeout=20.0,
    upload="file",
)

OPERATIONS = (READ_NOTICE,)

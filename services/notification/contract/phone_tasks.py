"""Phone tasks: whom an office has to ring because no message reached them."""

from __future__ import annotations

from marshmallow import fields, validate

from services.notification.contract.parts import OFFICES, STAFF, TaskClosed, Text, identifier, unit_path
from services.notification.domain.phone_task import OUTCOMES
from services.notification.domain.phone_task import STATES as TASK_STATES
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import NotFound, StaleVersion
from shared.security.caller import Role
from shared.wording import Words

CAUSES = ("message", "acknowledgement", "delivery", "overdue")


class Call(Reply):
    """One call that was made."""

    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    note = fields.String(required=True)


class PhoneTask(Reply):
    """Somebody has to be rung. ``cause_id`` names the dispatch, letter or deadline behind it."""

    task_id = fields.String(required=True)
    office = fields.String(required=True, validate=validate.OneOf(OFFICES))
    recipient = fields.String(required=True)
    unit_id = fields.String(required=True, allow_none=True)
    term_id = fields.String(required=True, allow_none=True)
    cause = fields.String(required=True, validate=validate.OneOf(CAUSES))
    cause_id = fields.String(required=True)
    subject = fields.Nested(Text, required=True)
    urgent = fields.Boolean(required=True)
    due_on = fields.Date(required=True)
    state = fields.String(required=True, validate=validate.OneOf(TASK_STATES))
    assignee = fields.String(required=True, allow_none=True)
    calls = fields.List(fields.Nested(Call), required=True)
    opened_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class PhoneTaskSheet(PhoneTask):
    """A phone task with what the caller needs: whom, which numbers, and what to say. Each look is audited."""

    person = fields.String(required=True)
    numbers = fields.List(fields.String(), required=True)
    words = fields.String(required=True, metadata={"description": "需要告知的内容 / what is to be said"})


class ListPhoneTasks(Page):
    """Which phone tasks to list."""

    office = fields.String(validate=validate.OneOf(OFFICES))
    state = fields.String(validate=validate.OneOf(TASK_STATES))
    unit_id = unit_path()
    term_id = identifier()
    assignee = fields.String(validate=validate.Length(1, 80))


class PhoneTaskId(Request):
    """Which phone task."""

    task_id = identifier(required=True)


class AssignPhoneTask(PhoneTaskId):
    """Who rings."""

    assignee = fields.String(required=True, validate=validate.Length(1, 80))


class RecordCall(PhoneTaskId):
    """What came of a call. ``reached`` and ``unreachable`` end the task; the latter says that all was tried."""

    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    note = fields.String(required=True, validate=validate.Length(1, 500))


LIST_PHONE_TASKS = Operation(
    name="list_phone_tasks",
    summary=Words("查询电话任务", "List phone tasks"),
    kind="query",
    verb="GET",
    path="/phone-tasks",
    request=ListPhoneTasks,
    reply=page_of(PhoneTask),
    roles=STAFF | {Role.AUDITOR},
    scope="unit_id",
)
GET_PHONE_TASK = Operation(
    name="get_phone_task",
    summary=Words("查看电话任务及号码（留痕）", "Show a phone task with its numbers; the view is audited"),
    kind="query",
    verb="GET",
    path="/phone-tasks/{task_id}",
    request=PhoneTaskId,
    reply=PhoneTaskSheet,
    roles=STAFF,
    errors=(NotFound,),
    versioned=True,
)
ASSIGN_PHONE_TASK = Operation(
    name="assign_phone_task",
    summary=Words("分派电话任务", "Put a phone task into somebody's hands"),
    kind="command",
    verb="POST",
    path="/phone-tasks/{task_id}/assignment",
    request=AssignPhoneTask,
    reply=PhoneTask,
    roles=STAFF,
    errors=(NotFound, TaskClosed, StaleVersion),
    versioned=True,
)
RECORD_CALL = Operation(
    name="record_call",
    summary=Words("登记通话结果", "Write down what came of a call"),
    kind="command",
    verb="POST",
    path="/phone-tasks/{task_id}/calls",
    request=RecordCall,
    reply=PhoneTask,
    roles=STAFF,
    errors=(NotFound, TaskClosed, StaleVersion),
    versioned=True,
)

OPERATIONS = (LIST_PHONE_TASKS, GET_PHONE_TASK, ASSIGN_PHONE_TASK, RECORD_CALL)

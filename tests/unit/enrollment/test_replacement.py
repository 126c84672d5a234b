"""Replacements: lateness on its edge, who has to be named, and what counts as a proof file."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from services.enrollment.commands.deadlines import replacement_deadline
from services.enrollment.domain.proof import read_proof
from services.enrollment.domain.replacement import (
    State,
    is_late,
    refuse_unless_requested,
    refuse_without_approver,
)
from services.enrollment.domain.wording import Refusal
from services.enrollment.limits import policy_table
from shared.calendar import WorkingCalendar

POLICIES = policy_table().on(date(2020, 4, 1))
CALENDAR = WorkingCalendar()
KINDS = ("pdf", "jpeg", "png", "ofd")


@pytest.mark.parametrize(
    ("opening", "kind", "deadline"),
    [
        ("2020-05-11", "calendar", date(2020, 5, 6)),
        ("2020-05-11", "working", date(2020, 4, 30)),  # over Labour Day, with the make-up day 05-09 counted
        ("2020-10-12", "calendar", date(2020, 10, 7)),  # a holiday, and not moved
        ("2020-10-12", "working", date(2020, 9, 28)),
        ("2020-06-29", "working", date(2020, 6, 19)),  # the make-up Sunday 06-28 counts
    ],
)
def test_the_deadline_is_counted_in_the_days_the_plan_says(opening: str, kind: str, deadline: date) -> None:
    term = {"starts_on": opening, "replacement_notice_days": 5, "replacement_day_kind": kind}
    assert replacement_deadline(term, POLICIES, CALENDAR).on == deadline


def test_what_the_plan_does_not_say_comes_from_the_policy_table_with_its_source() -> None:
    deadline = replacement_deadline({"starts_on": "2020-05-11"}, POLICIES, CALENDAR)
    assert (deadline.on, deadline.notice_days, deadline.day_kind) == (date(2020, 5, 6), 5, "calendar")
    assert "2020" in deadline.source
    half = replacement_deadline({"starts_on": "2020-05-11", "replacement_notice_days": 3}, POLICIES, CALENDAR)
    assert (half.on, half.day_kind) == (date(2020, 5, 8), "calendar")


def test_the_deadline_day_is_in_time_and_the_next_is_late() -> None:
    assert not is_late(date(2020, 5, 6), date(2020, 5, 6))
    assert is_late(date(2020, 5, 7), date(2020, 5, 6))


def test_only_a_late_request_needs_a_named_approver() -> None:
    refuse_without_approver(False, "")
    refuse_without_approver(True, "王部长")
    for nobody in ("", "  "):
        with pytest.raises(Refusal, match="批准人"):
            refuse_without_approver(True, nobody)


@pytest.mark.parametrize("state", [state for state in State if state is not State.REQUESTED])
def test_a_decided_request_is_not_decided_again(state: State) -> None:
    with pytest.raises(Refusal):
        refuse_unless_requested(state)


def _ofd() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("OFD.xml", "<ofd/>")
    return out.getvalue()


def _zip() -> bytes:
    return _ofd().replace(b"OFD.xml", b"OTH.xml")


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"%PDF-1.7 x", "pdf"), (b"\xff\xd8\xff\xe0", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"), (_ofd(), "ofd")],
)
def test_a_proof_is_told_by_its_content_whatever_its_name(content: bytes, kind: str) -> None:
    assert read_proof(content, "证明.exe", 1000, KINDS) == kind


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (b"", "a.pdf", "proof-empty"),
        (b"%PDF-" + b"x" * 996, "a.pdf", "proof-size"),
        (b"MZ\x90", "a.pdf", "proof-kind"),
        (_zip(), "a.ofd", "proof-kind"),
        (b"PK\x03\x04 broken", "a.ofd", "proof-kind"),
        (b"%PDF-1.7", "（秘密）情况说明.pdf", "proof-classified"),
    ],
)
def test_what_is_no_proof_is_refused_with_its_reason(content: bytes, filename: str, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_proof(content, filename, 1000, KINDS)
    assert refusal.value.code == code


def test_exactly_the_largest_size_is_taken() -> None:
    assert read_proof(b"%PDF-" + b"x" * 995, "a.pdf", 1000, KINDS) == "pdf"

"""Figures of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.enrollment.types.figures import Figures, MyEnrollment
from gateway.client.wire import Caller, Download, given


class FiguresCalls(Caller):
    """选调与录取 / Enrollment: figures."""

    def get_enrollment_figures(self, *, plan_id: str) -> Figures:
        """选调与录取年度数据 / The year's figures of enrollment."""
        return self._wire.send(Figures, "GET", "/figures/{plan_id}/enrollment", given(plan_id=plan_id))

    def get_trainee_list(self, *, term_id: str, view: Literal["formal", "grouping", "contact"]) -> Download:
        """下载学员花名册、分组名单或通讯录 / Download a list of a term's trainees."""
        return self._wire.download("GET", "/terms/{term_id}/lists/{view}", given(term_id=term_id, view=view))

    def get_my_enrollment(self) -> MyEnrollment:
        """查看本人录取信息 / Show one's own enrollment."""
        return self._wire.send(MyEnrollment, "GET", "/my/enrollment", given())

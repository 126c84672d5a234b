"""The main line of a year, through the gateway: notice → needs → plan → terms → teaching → people → letters."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from deploy.local import lettering, nominating, planning, reaching
from deploy.local.answers import Answers
from deploy.local.gateway_client import GatewayClient
from deploy.local.journey import Journey, Sample
from deploy.local.stack_child import Running
from deploy.local.year import places, schemes, selecting, spine, survey, teaching, wayside
from deploy.local.year.cast import Cast
from shared.runtime.clocks import FileClock

SAMPLE = Path(__file__).resolve().parents[1] / "sample"
Step = Callable[[Journey], str]
STEPS: tuple[tuple[str, Step], ...] = (
    ("登记参训单位 / register units", nominating.register_units),
    ("读取通知，起草计划 / read the notice, draft the plan", planning.draft_plan),
    ("培训需求调研 / survey needs", survey.survey_needs),
    ("编制和批准培训方案 / schemes", schemes.write_schemes),
    ("批准年度计划 / approve the plan", planning.approve_plan),
    ("登记发文机关与联系人 / who issues letters", lettering.put_issuers),
    ("登记联系方式与消息渠道 / how units are reached", reaching.put_contacts),
    ("登记教室与停训时段 / rooms and closed periods", planning.put_surroundings),
    ("排定各期时间与教室 / place the terms", planning.place_terms),
    ("登记师资 / register lecturers", teaching.register_lecturers),
    ("邀请教师授课 / invite lecturers", teaching.invite_lecturers),
    ("分配名额 / allot places", nominating.allot_quotas),
    ("退回与借用名额 / places change hands", places.move_places),
    ("设定选调条件 / conditions", selecting.put_conditions),
    ("导入各单位名单，核查资格 / import rosters, check eligibility", nominating.file_rosters),
    ("单位认定三项条件 / units attest", nominating.attest),
    ("退回修改与同一人确认 / correction", selecting.correct),
    ("组织部门审核 / review", nominating.review),
    ("下达日程表 / issue timetables", teaching.issue_timetables),
    ("录取 / admit", nominating.admit),
    ("印发并送达函件 / print and deliver letters", lettering.await_letters),
)


def whole_year() -> Iterator[tuple[str, Step]]:
    """Yield the main line and then the rest of the year, whose parts are walked through once."""
    yield from STEPS
    for title, part in spine.AFTER_ADMISSION:
        yield title, partial(_once, title, part)


def _once(title: str, part: Step, journey: Journey) -> str:
    return journey.once(title, partial(part, journey))


def begin(running: Running, folder: Path) -> Journey:
    """Return a journey through a running stack; the same sample goes on where an earlier journey stopped."""
    sample = Sample.at(folder)
    mark = sample.mark()
    answers = Answers(running.clock.with_name(f"main-line-{mark}.jsonl"))
    gateway = GatewayClient(running.url, running.secrets.api_key, f"main-line/{mark}", answers)
    cast = Cast(gateway, running.secrets.passwords["admin"])
    return Journey(gateway, sample, running.status, FileClock(running.clock), cast, answers, wayside.keep_up)


def run(running: Running, folder: Path, outbox: Path, console: Console, out: Path | None = None) -> dict[str, Any]:
    """Run all steps against a running stack, showing each, and return the summary. Raises ``Fault``."""
    started = time.monotonic()
    journey = begin(running, folder)
    try:
        _walk(journey, console)
        journey.settle()
        summary = lettering.summarise(journey, time.monotonic() - started)
        console.print(lettering.programmes_table(journey))
        for line in journey.unplaced:
            console.print(f"未能排定 / not placed: {line}")
    finally:
        journey.cast.close()
        journey.gateway.close()
    if out is not None:
        lettering.hand_out(outbox, summary, out)
    return summary


def _walk(journey: Journey, console: Console) -> None:
    if not console.is_terminal:  # a log: a line when a step is done, not all of them at the end
        for title, step in whole_year():
            console.print(f"{title}  {step(journey)}", highlight=False, soft_wrap=True)
        return
    columns = (SpinnerColumn(finished_text="[green]✓"), TextColumn("{task.description}"), TimeElapsedColumn(),
               TextColumn("[cyan]{task.fields[found]}"))  # fmt: skip
    with Progress(*columns, console=console) as progress:
        for title, step in whole_year():
            task = progress.add_task(title, total=1, found="")
            found = step(journey)
            progress.update(task, completed=1, found=found)

"""``diaoxun year versions|compare``: the versions of a plan's placed year, asked of a running platform's gateway."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from deploy.cli.remote import LOCAL, KeyFile, Url, at_gateway, two_versions
from deploy.cli.speech import AsJson, print_json

PlanId = Annotated[str, typer.Argument(metavar="PLAN", help="计划的编号 / which plan")]


def register(app: typer.Typer) -> None:
    """Add the commands to those of the year."""
    app.command()(versions)
    app.command()(compare)


def versions(plan_id: PlanId, url: Url = LOCAL, key_file: KeyFile = None, as_json: AsJson = False) -> None:
    """列出年度排期的历次版本（经网关） / list the versions of a plan's year, through the gateway."""
    from gateway.client import pages
    from shared.clock import CITY_ZONE

    with at_gateway(url, key_file) as gateway:
        found = list(pages(gateway.scheduling.list_year_versions, plan_id=plan_id, limit=200))
    if as_json:
        print_json(found)
        return
    for each in found:
        at = datetime.fromisoformat(each["changed_at"]).astimezone(CITY_ZONE)
        typer.echo(f"{each['number']:>4}  {at:%Y-%m-%d %H:%M}  {each['changed_by']}  {each['reason'] or ''}".rstrip())
        typer.echo(f"      改动{each['changed']}期，已排期{each['placed']}期", nl=False)
        typer.echo(f" / terms changed: {each['changed']}; placed: {each['placed']}")


def compare(
    plan_id: PlanId,
    numbers: Annotated[str, typer.Argument(metavar="FROM:TO", help="两个版本，如 1:2 / two versions")],
    url: Url = LOCAL,
    key_file: KeyFile = None,
    as_json: AsJson = False,
) -> None:
    """比较年度排期的两个版本：哪些期改了、涉及谁（经网关） / compare two versions, through the gateway."""
    first, second = two_versions(numbers)
    with at_gateway(url, key_file) as gateway:
        found: Any = gateway.scheduling.compare_year(plan_id=plan_id, from_number=first, to_number=second)
    if as_json:
        print_json(found)
        return
    typer.echo(f"{found['words']['zh']}，已排期{found['placed_before']}→{found['placed_after']}期", nl=False)
    typer.echo(f" / {found['words']['en']}; placed: {found['placed_before']} -> {found['placed_after']}")
    for each in found["differences"]:
        typer.echo(f"  {each['words']['zh']}\n  {each['words']['en']}")

"""``doctor``: looks at the whole installation and says, in words, what is wrong and what to do."""

from __future__ import annotations

import typer

from deploy.cli.speech import AsJson, print_json, print_table

_SIGNS = {"well": "✓", "notice": "!", "trouble": "✗"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(as_json: AsJson = False) -> None:
    """检查整套安装并给出建议，有问题则以 1 退出 / examine the installation; exit 1 on trouble."""
    from deploy.cli.examination import examine
    from shared.config import described, read_settings

    settings = read_settings()
    symptoms = examine(settings)
    if as_json:
        print_json(
            {
                "settings": {row["name"]: row["value"] for row in described(settings)},
                "findings": [symptom.to_wire() for symptom in symptoms],
            }
        )
    else:
        print_table(
            "设置 / settings",
            ["变量 variable", "值 value", "含义 meaning"],
            [[row["name"], row["value"], f"{row['zh']}\n{row['en']}"] for row in described(settings)],
        )
        print_table(
            "检查 / examination",
            ["", "项目 what", "结果 finding"],
            [[_SIGNS[each.state], each.what, f"{each.finding.zh}\n{each.finding.en}"] for each in symptoms],
        )
    if any(each.state == "trouble" for each in symptoms):
        raise typer.Exit(1)

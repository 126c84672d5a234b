"""The extension points: what kinds of plugin there are and which versions of each point the host speaks."""

from __future__ import annotations

from dataclasses import dataclass

from shared.wording import Words

GROUP_PREFIX = "diaoxun."


@dataclass(frozen=True)
class Kind:
    """One extension point.

    ``api_version`` is the newest the host speaks, ``<major>`` or ``<major>.<minor>``: a plugin is accepted when its
    major is the same and its minor is not newer. ``timeout`` is the default limit of one guarded call in seconds.
    ``built`` says whether a class body is built with its configuration (a service class is not: nameko does that).
    """

    name: str
    title: Words
    api_version: str = "1"
    timeout: float | None = 10.0
    built: bool = True

    @property
    def group(self) -> str:
        """The entry-point group."""
        return GROUP_PREFIX + self.name

    def accepts(self, api_version: str) -> bool:
        """Return whether a plugin written for ``api_version`` of this point can be used."""
        try:
            wanted, offered = _parts(api_version), _parts(self.api_version)
        except ValueError:
            return False
        return wanted[0] == offered[0] and wanted[1] <= offered[1]


def _parts(version: str) -> tuple[int, int]:
    major, _, minor = version.partition(".")
    return int(major), int(minor or 0)


_KINDS = {
    kind.name: kind
    for kind in (
        Kind("services", Words("业务服务", "services"), timeout=None, built=False),
        Kind("schedulers", Words("排期方案", "schedulers"), timeout=120.0),
        Kind("eligibility_rules", Words("资格审查规则", "eligibility rules")),
        Kind("fee_standards", Words("培训费标准", "fee standards")),
        Kind("compliance_rules", Words("学风纪律规则", "compliance rules")),
        Kind("channels", Words("送达渠道", "delivery channels"), timeout=60.0),
        Kind("documents", Words("公文样式", "documents"), timeout=60.0),
        Kind("importers", Words("导入格式", "importers"), timeout=120.0),
        Kind("exporters", Words("导出格式", "exporters"), timeout=120.0),
        Kind("reviewers", Words("审核规则", "reviewers")),
        Kind("identity", Words("身份源", "identity sources")),
    )
}


def known_kinds() -> tuple[Kind, ...]:
    """Return every extension point."""
    return tuple(_KINDS.values())


def kind_named(name: str) -> Kind | None:
    """Return the extension point of that name, or ``None``."""
    return _KINDS.get(name)

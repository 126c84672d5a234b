"""What the operator decided about plugins: which are switched off, and their configuration."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from shared.errors import Invalid


class PluginSettings:
    """The file ``settings/plugins.json`` below the data directory, and names switched off for this process only.

    The file reads ``{"disabled": ["channels/smtp"], "config": {"channels/smtp": {"host": "…"}}}``. A configuration
    value ``{"from_file": "/run/secrets/…"}`` stands for the text of that file, so that secrets stay out of it.
    ``path=None`` keeps everything in memory. ``image``: the one service whose dependencies are installed here.
    """

    def __init__(self, path: Path | None = None, disabled: Iterable[str] = (), image: str = "") -> None:
        self._path = path
        self.image = image
        self._for_process = frozenset(disabled)
        self._memory: dict[str, Any] = {"disabled": [], "config": {}}

    def disabled_by(self, key: str) -> str | None:
        """Return what switches the plugin ``kind/slug`` off: ``environment``, ``file`` or ``None``."""
        names = {key, key.split("/", 1)[1]}
        if names & self._for_process:
            return "environment"
        return "file" if key in self._read()["disabled"] else None

    def disable(self, key: str) -> None:
        """Switch a plugin off from the next start on."""
        data = self._read()
        self._write({**data, "disabled": sorted({*data["disabled"], key})})

    def enable(self, key: str) -> None:
        """Switch a plugin on again from the next start on."""
        data = self._read()
        self._write({**data, "disabled": [name for name in data["disabled"] if name != key]})

    def config(self, key: str) -> dict[str, Any]:
        """Return the raw configuration of ``kind/slug``, secrets read from their files."""
        raw = self._read()["config"].get(key, {})
        if not isinstance(raw, Mapping):
            raise Invalid(
                f"插件“{key}”的配置应为对象，实际为 {type(raw).__name__}",
                f"the configuration of plugin {key!r} must be an object, it is a {type(raw).__name__}",
            )
        return {name: _resolved(key, value) for name, value in raw.items()}

    def stored(self, key: str) -> dict[str, Any]:
        """Return the configuration of ``kind/slug`` as it stands in the file."""
        return dict(self._read()["config"].get(key, {}))

    def configure(self, key: str, config: Mapping[str, Any]) -> None:
        """Keep the configuration of ``kind/slug``."""
        data = self._read()
        self._write({**data, "config": {**data["config"], key: dict(config)}})

    def _read(self) -> dict[str, Any]:
        if self._path is None:
            return self._memory
        try:
            data = json.loads(self._path.read_text("utf-8"))
            return {"disabled": list(data.get("disabled", [])), "config": dict(data.get("config", {}))}
        except FileNotFoundError:
            return {"disabled": [], "config": {}}
        except (ValueError, TypeError, AttributeError) as error:
            raise Invalid(
                f"插件设置文件 {self._path} 无法读取：{error}；请更正该文件",
                f"the plugin settings {self._path} cannot be read: {error}; correct the file",
            ) from None

    def _write(self, data: dict[str, Any]) -> None:
        if self._path is None:
            self._memory = data
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=".plugins-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, indent=2)
        Path(temporary).replace(self._path)


def _resolved(key: str, value: Any) -> Any:
    if not (isinstance(value, Mapping) and set(value) == {"from_file"}):
        return value
    try:
        return Path(str(value["from_file"])).read_text("utf-8").strip()
    except OSError as error:
        raise Invalid(
            f"插件“{key}”的配置引用的文件 {value['from_file']} 无法读取：{error.strerror}",
            f"plugin {key!r} is configured from the file {value['from_file']}, which cannot be read: {error.strerror}",
        ) from None

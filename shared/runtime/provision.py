"""From settings to what they stand for: the plugins, the secret that signs callers, the keys of personal fields."""

from __future__ import annotations

from shared.config import Settings, SettingsInvalid
from shared.plugins import PluginSettings, Registry
from shared.security.fields import Keyring
from shared.security.signing import SigningKeys
from shared.security.tokens import CallerTokens


def registry_from(settings: Settings) -> Registry:
    """Return the plugins of this process, discovered, with the operator's decisions about them."""
    return Registry(PluginSettings(settings.plugin_settings_path, settings.disabled_plugins, settings.image)).discover()


def tokens_from(settings: Settings) -> CallerTokens:
    """Return what signs and checks callers. Raises ``SettingsInvalid`` without a secret."""
    if not settings.secrets:
        raise SettingsInvalid(
            "缺少 DIAOXUN_SECRET（或 DIAOXUN_SECRET_FILE）：至少 32 个字符，各服务与网关须一致",
            "DIAOXUN_SECRET (or DIAOXUN_SECRET_FILE) is missing: at least 32 characters, the same for all services "
            "and the gateway",
        )
    return CallerTokens(settings.secrets)


def signing_keys_from(settings: Settings) -> SigningKeys:
    """Return the keys that sign certificates. Raises ``SettingsInvalid`` when they are missing or malformed."""
    try:
        return SigningKeys.parse(settings.signing_keys)
    except ValueError as error:
        raise SettingsInvalid(
            f"DIAOXUN_SIGNING_KEYS 不可用：{error}", f"DIAOXUN_SIGNING_KEYS cannot be used: {error}"
        ) from None


def keyring_from(settings: Settings) -> Keyring:
    """Return the keys of personal fields. Raises ``SettingsInvalid`` when they are missing or malformed."""
    try:
        return Keyring.parse(settings.field_keys)
    except ValueError as error:
        raise SettingsInvalid(
            f"DIAOXUN_FIELD_KEYS 不可用：{error}", f"DIAOXUN_FIELD_KEYS cannot be used: {error}"
        ) from None

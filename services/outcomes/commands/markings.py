"""Refusing what bears a security marking (密级)."""

from __future__ import annotations

from services.outcomes import contract
from services.outcomes.domain.classification import marking


def refuse_marking(text: str, where_zh: str, where_en: str) -> None:
    """Raise ``Classified`` when the text bears a marking; the fault repeats the marking and nothing else of it."""
    found = marking(text)
    if found:
        raise contract.Classified(
            f"{where_zh}带有密级标志“{found}”。本平台不处理涉密内容，未予保存；请去除涉密内容，或按保密规定另行报送",
            f"{where_en} bears the security marking {found!r}; this platform takes nothing classified and has kept"
            " nothing of it: take it out, or send it the way the rules of secrecy say",
            marking=found,
        )

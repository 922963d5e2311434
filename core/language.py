"""Chinese and English: one catalogue for the window, the command line and the errors of ``core``.

Sources are written in English and marked with ``_("…")`` (translate now) or ``N_("…")`` (mark now, translate
when shown); what names a number of things has a singular and a plural, ``ngettext`` and ``nN_``. The catalogue is
gettext's, in ``resources/translations``; docs/adr/0004 tells why.
"""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Iterable
from typing import Final, Literal, get_args

from core.paths import RESOURCES

Language = Literal["zh_CN", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
DOMAIN: Final = "yaya"


class _Current:
    """The catalogue in use. One per process, as the person at the screen is one."""

    language: Language = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def set_language(language: Language) -> None:
    """Translate everything asked for from now on into ``language``."""
    _Current.catalogue = (
        gettext.NullTranslations()
        if language == "en"
        else gettext.translation(DOMAIN, RESOURCES / "translations", [language])
    )
    _Current.language = language


def current_language() -> Language:
    """Return the language in use."""
    return _Current.language


def system_language() -> Language:
    """Return Chinese where the system speaks Chinese, else English. ``YAYA_LANG`` overrides it."""
    wish = os.environ.get("YAYA_LANG") or locale.getlocale()[0] or os.environ.get("LANG") or ""
    return "zh_CN" if wish.lower().startswith(("zh", "chinese")) else "en"


def _(message: str) -> str:
    """Return ``message`` in the language in use."""
    return _Current.catalogue.gettext(message)


def N_(message: str) -> str:  # noqa: N802  gettext's customary name for "mark, translate later"
    """Return ``message`` unchanged; extraction sees it."""
    return message


def ngettext(singular: str, plural: str, n: float) -> str:
    """Return ``singular`` or ``plural`` as ``n`` of them are named in the language in use."""
    return _Current.catalogue.ngettext(singular, plural, 1 if n == 1 else 2)


def nN_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802  as ``N_``, for what has a plural
    """Return both unchanged, for ``ngettext``; extraction sees them."""
    return singular, plural


def in_a_row(sentences: Iterable[str]) -> str:
    """Return whole sentences one after the other: English parts them by a blank, Chinese by nothing."""
    return ("" if _Current.language == "zh_CN" else " ").join(sentences)


def listed(words: Iterable[str]) -> str:
    """Return ``words`` one after the other, with what stands between them in the language in use."""
    return _(", ").join(words)

"""Passwords in addresses of servers: what may be said, what may be kept, and what is hidden in any text.

An address comes from a person, who writes what passwords are made of: ``@``, ``/``, ``?`` and ``&`` too. So nothing
here asks whether it can be read: from the place where a password may begin to the last place where it may end, all is
hidden. It is better to hide a host than to show half a password.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, quote_plus, unquote, unquote_plus

HIDDEN: Final = "***"
"""What stands where a password was."""

_ADDRESS: Final = re.compile(r"(?P<scheme>[A-Za-z][\w+.-]*)://(?P<rest>.*)", re.DOTALL)
_QUERY: Final = re.compile(r"\?(?=[\w%.-]+=)")
_PLAIN_PLACE: Final = re.compile(r"(\[[^\]@]*\]|[^:/?@]*)(:\d*)?(/[^?@]*)?\??")
"""A host with, perhaps, its port and a database: nothing in it can be a password."""
_NO_SCHEME: Final = re.compile(r"(?P<user>[^\s:/\\@]{2,}):.*@", re.DOTALL)
_KEYWORD: Final = re.compile(r"(?i)(password|passwd|pwd)\s*=\s*")

_IN_TEXT: Final = re.compile(r"""[A-Za-z][\w+.-]*://(?:\S*@)?[^\s"'<>“”]*""")
_KEYWORD_IN_TEXT: Final = re.compile(
    r"""(?ix) (password|passwd|pwd) (["']?\s*[=:]\s*) ('(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" | (?<==)[^\s,;)]+)"""
)
_NO_SCHEME_IN_TEXT: Final = re.compile(r"(?<!\w)([\w.%+-]{2,}):(?!//)[^\s/@:]+@(?=[\w.-])")
_AS_PATH_IN_TEXT: Final = re.compile(r"(?<!\w)([A-Za-z][\w+.-]+:/(?!/)[^\s:/@]+):\S+@(?=[\w.\[-])")
"""An address that was given where a file belongs: a path has one slash where there were two."""

_HARMLESS: Final = re.compile(
    "host|hostaddr|port|dbname|user|ssl(mode|rootcert|cert|key|crl)|passfile|service|connect_timeout|client_encoding|"
    "application_name|options|target_session_attrs|keepalives(_idle|_interval|_count)?|tcp_user_timeout|gssencmode|"
    "channel_binding|require_auth|load_balance_hosts"
)
"""What may stand in the query of a server's address and be read by anybody; whatever else does is hidden."""
_SECRET: Final = re.compile(r"(?i)pass(word|wd|phrase)?|pwd|secret|token")

_SHORTEST: Final = 6
"""Characters from which a password is looked for by itself: a shorter one may be part of any word."""

_known: set[str] = set()


def speakable(address: str) -> str:
    """Return ``address`` as it may be shown, logged and said: ``***`` stands where a password was."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        keyword, bare = _KEYWORD.search(address), _NO_SCHEME.match(address)
        if keyword is not None:
            return address[: keyword.end()] + HIDDEN
        return f"{bare['user']}:{HIDDEN}@{address[bare.end() :]}" if bare is not None else address
    scheme, rest = found["scheme"], found["rest"]
    if scheme.startswith("sqlite"):
        return address
    at = _QUERY.search(rest)
    place, query = (rest[: at.start()], rest[at.end() :]) if at is not None else (rest, "")
    if "@" not in place and not _PLAIN_PLACE.fullmatch(place):
        place, query = rest, ""  # a password with a question mark: the user's part ends in what looks like a query
    return f"{scheme}://{_hide_in_place(place)}" + (f"?{_hide_in_query(scheme, query)}" if query else "")


def without_password(address: str) -> str:
    """Return ``address`` as it may be kept on the disk: whoever opens it needs the password from somewhere else."""
    said = speakable(address)
    if HIDDEN not in said:
        return address
    kept = said.replace(f":{HIDDEN}@", "@", 1)
    place, mark, query = kept.partition("?")
    left = "&".join(one for one in query.split("&") if HIDDEN not in one)
    return f"{place}{mark}{left}" if left else place


def with_password_of(address: str, former: str) -> str:
    """Return ``address`` with the password that ``former`` has, where ``***`` still stands for it."""
    if HIDDEN not in address:
        return address
    if speakable(former) == address:
        return former
    password = re.match(r"[^:]+://[^:/@]*:(.*)@", former)
    if password is None:
        return without_password(address)
    return address.replace(f":{HIDDEN}@", f":{password[1]}@", 1)


def remember(*passwords: str) -> None:
    """Have :func:`hide_passwords` find these too, as they are and as an address spells them, wherever they stand.

    Kept by the process, like its language: what a library says of a server is caught on its way to the log, where
    nobody knows any more which server it was.
    """
    for password in passwords:
        for text in (password, unquote(password), unquote_plus(password)):
            spelt = (text, quote(text), quote(text, safe=""), quote_plus(text), repr(text)[1:-1])
            _known.update(one for one in spelt if len(one) >= _SHORTEST)


def hide_passwords(text: str) -> str:
    """Return any text without the passwords of addresses in it: the net under whatever is logged or printed."""
    for password in sorted(_known, key=len, reverse=True):
        if password in text:
            text = re.sub(rf"(?<!\w){re.escape(password)}(?!\w)", HIDDEN, text)
    if "://" in text:
        text = _IN_TEXT.sub(lambda found: speakable(found[0]), text)
    if "=" in text or ":" in text:
        text = _KEYWORD_IN_TEXT.sub(lambda found: f"{found[1]}{found[2]}{HIDDEN}", text)
    if "@" in text:
        for pattern in (_AS_PATH_IN_TEXT, _NO_SCHEME_IN_TEXT):
            text = pattern.sub(lambda found: f"{found[1]}:{HIDDEN}@", text)
    return text


def _hide_in_place(place: str) -> str:
    user, at, host = place.rpartition("@")
    if at:
        name, colon, password = user.partition(":")
        return f"{name}{colon}{HIDDEN if colon and password else password}@{host}"
    return place if _PLAIN_PLACE.fullmatch(place) else f"{place.partition(':')[0]}:{HIDDEN}"


def _hide_in_query(scheme: str, query: str) -> str:
    return "&".join(_hide_in_pair(scheme, one) for one in query.split("&"))


def _hide_in_pair(scheme: str, pair: str) -> str:
    name, equals, value = pair.partition("=")
    known = unquote_plus(name)
    if _SECRET.search(known) and known != "passfile":
        return f"{name}={HIDDEN}"
    if scheme.startswith("postgres") and not _HARMLESS.fullmatch(known):
        return HIDDEN  # the rest of a password that has an ampersand, or nothing anybody needs to read
    return f"{name}{equals}{value}"

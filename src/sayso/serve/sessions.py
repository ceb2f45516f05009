"""Who is at the desk: a signed cookie that holds a random id and the reviewer's name, and tokens made of it.

In:   a secret of this server, cookies, tokens of forms.   Out: Sessions, or None for what this server did not make.
Knows nothing of: requests.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import unicodedata

import msgspec

LONGEST = 80  # characters of a reviewer's name


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One browser. ``reviewer``: under what name its judgements are kept; None until it was told."""

    id: str
    reviewer: str | None = None


class Signer:
    """Makes and checks cookies and tokens. Those of another server, or of this one started anew, are none."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def new(self, reviewer: str | None) -> Session:
        return Session(id=secrets.token_urlsafe(16), reviewer=reviewer)

    def cookie(self, session: Session) -> str:
        body = base64.urlsafe_b64encode(msgspec.json.encode(session)).decode()
        return f"{body}.{self._sign('cookie', body)}"

    def session(self, cookie: str | None) -> Session | None:
        body, _, signature = (cookie or "").partition(".")
        if not hmac.compare_digest(signature.encode(), self._sign("cookie", body).encode()):
            return None
        try:
            return msgspec.json.decode(base64.urlsafe_b64decode(body), type=Session)
        except (msgspec.DecodeError, binascii.Error):  # pragma: no cover - signed by us, so by an older sayso
            return None

    def csrf(self, session: Session) -> str:
        """What a form of this session carries, and no other site knows."""
        return self._sign("form", session.id)

    def is_csrf(self, session: Session, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self.csrf(session).encode())

    def _sign(self, purpose: str, text: str) -> str:
        return hmac.new(self._secret, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


def reviewer_name(typed: str) -> str | None:
    """A name as typed, on one line and without control characters; None where nothing is left.

    >>> reviewer_name("  Ida   Brandt ")
    'Ida Brandt'
    """
    kept = "".join(c for c in " ".join(typed.split()) if unicodedata.category(c)[0] != "C")
    return kept[:LONGEST].strip() or None

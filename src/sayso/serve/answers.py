"""From a request to an Ask, and from what a view gives to an answer: a page, JSON, a way onward, an error's page.

In:   Views and Acts, a Room.   Out: endpoints for Starlette.
Knows nothing of: what any view shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import Message, Receive

from sayso.errors import BadCase, NotFound, SaysoError
from sayso.publish.wording import visible
from sayso.serve import pages
from sayso.serve.drafts import Drafts
from sayso.serve.gate import set_session
from sayso.serve.overview import Held
from sayso.serve.sessions import Session, Signer
from sayso.serve.threads import Threads
from sayso.serve.views import Act, Ask, Bytes, Done, Shown, Text, Upload, View
from sayso.serve.worker import Worker

JSON = "application/json"
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
Endpoint = Callable[[Request], Awaitable[Response]]

_MOST_FIELDS = 1000
_PHRASES = {404: "There is no such page.", 405: "This page can only be looked at."}


@dataclass(frozen=True, slots=True)
class Room:
    """What all answers share. ``nav``: paths and names of the bar on every page; ``case``: the name of the case."""

    threads: Threads
    worker: Worker
    held: Held
    drafts: Drafts
    signer: Signer
    cookie: str
    case: str
    nav: tuple[tuple[str, str], ...]


def page(view: View, room: Room, *, data: bool) -> Endpoint:
    """The endpoint that shows a view: as a page, or its data."""

    async def answer(request: Request) -> Response:
        session = _session(request)
        query = request.query_params

        def look(case: Any) -> Response:
            ask = Ask(
                case=case,
                session=session,
                worker=room.worker,
                held=room.held,
                drafts=room.drafts,
                url=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
                path=request.path_params,
                query=dict(query),
                every={name: tuple(query.getlist(name)) for name in query},
            )
            shown = view.show(ask)
            if isinstance(shown, Text):
                return PlainTextResponse(visible(shown.text))
            if isinstance(shown, Bytes):
                return _file(shown)
            if data:
                return json({"error": shown.error} if shown.error else shown.data, shown.status)
            return HTMLResponse(_render(shown, room, session, request.url.path), shown.status)

        return await room.threads.do(look)

    return answer


def act(do: Act, room: Room) -> Endpoint:
    """The endpoint to which a form is posted."""

    async def answer(request: Request) -> Response:
        session = _session(request)
        form, uploads, every = await _form(request, do.most)
        if not room.signer.is_csrf(session, form.get("csrf", request.headers.get("x-csrf", ""))):
            raise HTTPException(403, "This form is out of date, so nothing was done. Load its page again.")

        def work(case: Any) -> Done | Response:
            ask = Ask(
                case=case,
                session=session,
                worker=room.worker,
                held=room.held,
                drafts=room.drafts,
                url=request.url.path,
                path=request.path_params,
                form=form,
                every=every,
                uploads=uploads,
            )
            done = do.do(ask)
            if isinstance(done, Done):
                return done
            if _wants_json(request):
                return json({"error": done.error}, done.status)
            return HTMLResponse(_render(done, room, session, done.at or request.url.path), done.status)

        done = await room.threads.do(work)
        if isinstance(done, Response):
            return done
        to: Response = json(done.data, 200) if _wants_json(request) else RedirectResponse(done.to, 303)
        if done.session is not None:
            set_session(to, room.cookie, room.signer, done.session)
        return to

    return answer


async def static(request: Request) -> Response:
    """A file of `static`; it carries its hash, so that a browser asks only whether it has changed."""
    try:
        raw, kind = pages.static()[request.path_params["name"]]
    except KeyError:
        raise HTTPException(404, "There is no such file.") from None
    tag = f'"{hashlib.sha256(raw).hexdigest()[:16]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(raw, media_type=kind, headers=headers)


def on_error(room: Room) -> Mapping[Any, Callable[..., Awaitable[Response]]]:
    """What is shown for each kind of error. What is our own mistake is told as that, and logged by the server."""

    async def told(request: Request, error: Exception) -> Response:
        status = 404 if isinstance(error, NotFound) else 503 if isinstance(error, BadCase) else 400
        return _error(request, room, status, str(error))

    async def http(request: Request, error: HTTPException) -> Response:
        # Starlette's own errors have the bare phrase of their status.
        own = error.detail != HTTPStatus(error.status_code).phrase
        return _error(request, room, error.status_code, error.detail if own else _PHRASES[error.status_code])

    async def ours(request: Request, error: Exception) -> Response:
        del error  # the server logs it
        return _error(request, room, 500, "sayso made a mistake here. The terminal in which it runs says more.")

    return {SaysoError: told, HTTPException: http, Exception: ours}


def _file(shown: Bytes) -> Response:
    """A file of strangers: it runs nothing, asks for nothing, and is of no origin that could see ours."""
    how = "inline" if shown.kind else "attachment"
    headers = {
        "content-security-policy": _SANDBOX,
        "content-disposition": f"{how}; filename*=UTF-8''{quote(shown.name, safe='')}",
    }
    return Response(shown.raw, headers=headers, media_type=shown.kind or "application/octet-stream")


def json(data: Any, status: int = 200) -> Response:
    """Data as other programs read it."""
    return Response(msgspec.json.encode(data), status, media_type=JSON)


def _render(shown: Shown, room: Room, session: Session, path: str) -> str:
    here = max((to for to, _ in room.nav if path == to or path.startswith(to.rstrip("/") + "/")), key=len, default="")
    frame = {
        "title": shown.title,
        "script": shown.script,
        "nav": room.nav,
        "here": here,
        "path": path,
        "case_name": room.case,
        "csrf": room.signer.csrf(session),
        "session": session,
        "at_path": shown.at,
    }
    return pages.render(shown.template, {**shown.more, "data": shown.data, **frame})


def _error(request: Request, room: Room, status: int, message: str) -> Response:
    if _wants_json(request):
        return json({"error": message}, status)
    session = request.scope.get("state", {}).get("session")
    if session is None:
        return HTMLResponse(pages.refusal(message), status)
    titles = {404: "Not found", 413: "Too large", 500: "A mistake of ours", 503: "The case cannot be used"}
    told = message if status == 503 else for_browser(message)
    shown = Shown(template="error.html.j2", title=titles.get(status, "Not done"), data={"error": told})
    return HTMLResponse(_render(shown, room, session, request.url.path), status)


def for_browser(message: str) -> str:
    """A message without what to do on the terminal, which a page has links for; of a case that cannot be used it stays.

    >>> for_browser("harbour.case: no claim c404: `sayso claims` with --format jsonl shows the ids")
    'harbour.case: no claim c404.'
    """
    told, advice, _ = message.partition("`sayso ")
    return f"{told.rpartition(':')[0].rstrip()}." if advice and ":" in told else message


def _wants_json(request: Request) -> bool:
    return request.url.path.endswith(".json") or JSON in request.headers.get("accept", "")


def _session(request: Request) -> Session:
    session: Session = request.scope["state"]["session"]
    return session


async def _form(
    request: Request, most: int
) -> tuple[dict[str, str], dict[str, tuple[Upload, ...]], dict[str, tuple[str, ...]]]:
    """Fields by name, files by name, all values of each name. Raises HTTPException 413 for what is too large."""
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > most:
        raise _too_large(most)
    small = Request(request.scope, _limited(request.receive, most))
    try:
        form: FormData = await small.form(max_files=_MOST_FIELDS, max_fields=_MOST_FIELDS, max_part_size=most)
    except (MultiPartException, UnicodeDecodeError) as error:
        raise HTTPException(400, f"The form cannot be understood: {error}") from error
    fields: dict[str, str] = {}
    uploads: dict[str, tuple[Upload, ...]] = {}
    every: dict[str, tuple[str, ...]] = {}
    try:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                if value.filename:
                    uploads[name] = (*uploads.get(name, ()), Upload(value.filename, await value.read()))
            else:
                fields[name] = value
                every[name] = (*every.get(name, ()), value)
    finally:
        await form.close()
    return fields, uploads, every


def _limited(receive: Receive, most: int) -> Receive:
    got = 0

    async def limited() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            raise _too_large(most)
        return message

    return limited


def _too_large(most: int) -> HTTPException:
    return HTTPException(413, f"What was sent is larger than {most // 1024**2:,} MB, so nothing was done.")

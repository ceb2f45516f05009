"""The application: every view at its path, behind the gate.

In:   a case file and where the server listens.   Out: an ASGI application.
Knows nothing of: sockets (run); what views show.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Route

from sayso.case import Case
from sayso.serve import (
    adding,
    between,
    claim,
    claims,
    denials,
    desk,
    documents,
    entities,
    judging,
    reading,
    review,
    ruling,
    sources,
    strips,
    weighing,
)
from sayso.serve.answers import Room, act, on_error, page, static
from sayso.serve.drafts import Drafts
from sayso.serve.gate import Door, Gate
from sayso.serve.overview import Held
from sayso.serve.sessions import Signer
from sayso.serve.threads import Threads
from sayso.serve.views import Act, View
from sayso.serve.worker import Worker
from sayso.weigh.hypotheses import Hypotheses

# In the order of the bar on every page. A new view is a module with VIEWS (and ACTS), and a name here.
_MODULES = (
    desk,
    documents,
    reading,
    claims,
    claim,
    sources,
    entities,
    between,
    denials,
    weighing,
    review,
    ruling,
    strips,
    judging,
    adding,
)
VIEWS: tuple[View, ...] = tuple(view for module in _MODULES for view in module.VIEWS)
ACTS: tuple[Act, ...] = tuple(do for module in _MODULES for do in module.ACTS)


def make(  # noqa: PLR0913 - one for each thing that is told at the start
    case: Path,
    *,
    token: str,
    host: str = "127.0.0.1",
    port: int = 8642,
    reviewer: str | None = None,
    hypotheses: Iterable[Hypotheses] = (),
    spent: Callable[[str], None] = lambda _: None,
) -> Gate:
    """The pages of the case file ``case``. Raises NotFound, BadCase.

    ``token``: opens the desk once, as ``/?token=``; ``spent`` is called with the next one. ``host``, ``port``: where it
    is served; other names are refused. ``reviewer``: the name of whoever comes in, else they are asked.
    ``hypotheses``: files to be weighed, which are not kept in the case.
    """
    Case.open(case).close()  # what is wrong with it is said before anything is served
    signer = Signer(secrets.token_bytes(32))
    threads, worker = Threads(case), Worker(case)
    nav = tuple((view.path, view.nav) for view in VIEWS if view.nav is not None)
    room = Room(
        threads=threads,
        worker=worker,
        held=Held(),
        drafts=Drafts(hypotheses),
        signer=signer,
        cookie=f"sayso-{port}",
        case=case.name,
        nav=nav,
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        threads.close()
        worker.close()

    routes = [Route("/static/{name}", static)]
    for view in VIEWS:
        data = "/index.json" if view.path == "/" else f"{view.path}.json"
        routes.append(Route(data, page(view, room, data=True)))
    routes += (Route(do.path, act(do, room), methods=["POST"]) for do in ACTS)
    routes += (Route(view.path, page(view, room, data=False)) for view in VIEWS)
    app = Starlette(routes=routes, exception_handlers=dict(on_error(room)), lifespan=lifespan)
    # Around all of it, so that the answer to a mistake of ours has its headers, too.
    return Gate(
        app, Door(token=token, host=host, port=port, reviewer=reviewer, cookie=room.cookie, spent=spent), signer
    )

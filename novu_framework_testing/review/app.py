"""The review page's own web app: loopback, one token, and writes only from the page itself."""

from __future__ import annotations

import re
import secrets
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint

from novu_framework_testing._internal.pages import SECURITY_HEADERS
from novu_framework_testing.review.assets import asset
from novu_framework_testing.review.comments import MAX_COMMENT
from novu_framework_testing.review.grid import grid_of
from novu_framework_testing.review.search import WordSearch
from novu_framework_testing.review.store import Decision, Refused, ReviewStore
from novu_framework_testing.review.view import change_detail, list_entry

_ASSET = re.compile(r"[a-z_]+\.(?:js|css)")
_MAX_CHANGES = 20_000
_MAX_BODY = 100 * _MAX_CHANGES
_STATUS = {"unknown": 404, "conflict": 409, "forbidden": 403, "failed": 500}


class SeenChange(BaseModel):
    """A change as the reviewer saw it."""

    id: str = Field(max_length=100)
    revision: str = Field(max_length=100)


class DecisionRequest(BaseModel):
    """A decision on some changes."""

    action: Literal["accept", "reject"]
    changes: list[SeenChange] = Field(min_length=1, max_length=_MAX_CHANGES)
    why: str = Field("", max_length=MAX_COMMENT)


def create_app(store: ReviewStore, *, token: str, hosts: set[str]) -> FastAPI:
    """Return the app that serves the review of `store` below `/<token>/`.

    Args:
        store: The review of a project.
        token: What a request's path has to begin with.
        hosts: The `Host` headers that are answered, such as `127.0.0.1:4011`. Another one comes from a page
            whose name was made to lead here.
    """

    def guard(request: Request) -> None:
        if request.headers.get("host", "") not in hosts:
            raise HTTPException(403, "This review is not served under that name.")
        if not secrets.compare_digest(request.path_params.get("token", "").encode(), token.encode()):
            raise HTTPException(403, "Open the review by the link that `novu-framework review` printed.")
        if request.method != "GET":
            own = f"http://{request.headers['host']}"
            if (
                request.headers.get("origin") != own
                or request.headers.get("sec-fetch-site", "same-origin") != "same-origin"
            ):
                raise HTTPException(403, "Only the review page itself may decide.")
            if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
                raise HTTPException(415, "A decision is sent as application/json.")
            size = request.headers.get("content-length", "")
            if not size.isdecimal() or int(size) > _MAX_BODY:
                raise HTTPException(413, f"A decision has at most {_MAX_BODY:,} bytes, and says how many.")

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(BaseHTTPMiddleware, dispatch=_with_headers)
    app.add_exception_handler(Refused, _refused)
    guarded = [Depends(guard)]

    @app.get("/{token}/", dependencies=guarded)
    def page() -> Response:
        return Response(asset("index.html"), media_type="text/html")

    @app.get("/{token}/assets/{name}", dependencies=guarded)
    def file(name: str) -> Response:
        try:
            text = asset(name if _ASSET.fullmatch(name) else "")
        except OSError:
            raise HTTPException(404, "There is no such file.") from None
        return Response(text, media_type="text/javascript" if name.endswith(".js") else "text/css")

    @app.get("/{token}/api/changes", dependencies=guarded)
    def changes() -> Response:
        entries = [list_entry(test, change) for test in store.tests() for change in test.changes]
        # Thousands of plain entries: FastAPI would look at each value first.
        return JSONResponse(
            {"project": store.root.name, "changes": entries, "lastDecision": store.last_decision()}
        )

    search = WordSearch(store)

    @app.get("/{token}/api/search", dependencies=guarded)
    def found(words: Annotated[str, Query(max_length=200)]) -> dict[str, Any]:
        return {"found": search.found(words)}

    @app.get("/{token}/api/changes/{change_id}", dependencies=guarded)
    def change(change_id: str) -> dict[str, Any]:
        found = store.find(change_id)
        return {**change_detail(store, *found), "grid": grid_of(store, *found)}

    @app.post("/{token}/api/decisions", dependencies=guarded)
    def decide(request: DecisionRequest) -> dict[str, Any]:
        seen = [(each.id, each.revision) for each in request.changes]
        why = request.why if request.action == "reject" else ""
        return _decided(store.decide(request.action, seen, why=why))

    @app.post("/{token}/api/decisions/{decision_id}/undo", dependencies=guarded)
    def undo(
        decision_id: str, body: Annotated[dict[str, Any] | None, "an empty object"] = None
    ) -> dict[str, Any]:
        return _decided(store.undo(decision_id))

    return app


def _decided(decision: Decision) -> dict[str, Any]:
    return {
        "decision": decision.id,
        "action": decision.action,
        "changes": list(decision.changes),
        "refused": dict(decision.refused),
        "why": decision.why,
    }


async def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    return JSONResponse({"detail": error.why}, status_code=_STATUS[error.code])


async def _with_headers(request: Request, call_next: RequestResponseEndpoint) -> Response:
    response = await call_next(request)
    response.headers.update(SECURITY_HEADERS)
    return response

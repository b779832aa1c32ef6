"""What is found where."""

from collections.abc import Callable, Coroutine
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import parse_qsl, quote

from fastapi import APIRouter, Depends, Header, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.routing import APIRoute
from pydantic import ValidationError
from sse_starlette import EventSourceResponse

from adgen_pipeline.api.access import Creates, Guesses
from adgen_pipeline.api.answers import BAD_INPUT, UNAVAILABLE, Retry, Running
from adgen_pipeline.api.batches import BatchId
from adgen_pipeline.api.errors import Refused
from adgen_pipeline.api.events import Watches, stream
from adgen_pipeline.api.jobs import JobId
from adgen_pipeline.api.launching import cancel, create, retry
from adgen_pipeline.api.pages.ad import ORIGIN
from adgen_pipeline.api.pages.batch import ShownBatch
from adgen_pipeline.api.pages.drawing import Drawing, static_file
from adgen_pipeline.api.pages.form import Form
from adgen_pipeline.api.pages.gallery import FILTERS, Chosen, gallery, shown
from adgen_pipeline.api.pages.session import Sessions, SignedOut, check_posted_here
from adgen_pipeline.api.service import running
from adgen_pipeline.api.state import Api
from adgen_pipeline.errors import AdgenError, InvalidBrief, NotInLedger
from adgen_pipeline.estimates import estimate

_PAGES = "pages"
"""Who creates ads, for the ledger: the key of a form is a random one, and tells forms apart."""

Posted = dict[str, str]
"""The fields of a form."""


def page_routes(api: Api, watches: Watches, creates: Creates) -> APIRouter:
    """The pages of `api`; what happens to an ad they hear from `watches`, and `creates` counts what is launched."""
    drawing = Drawing(api.settings)
    sessions = Sessions(api.settings.bearer_tokens, drawing.base)
    as_pages = _told_as_pages(drawing)
    door = APIRouter(include_in_schema=False, route_class=as_pages)
    _add_door(door, drawing, sessions)
    signed_in = APIRouter(dependencies=[Depends(sessions.check)], include_in_schema=False, route_class=as_pages)
    _add_ad(signed_in, api, drawing, watches)
    _add_doing(signed_in, api, drawing, creates)
    _add_form(signed_in, api, drawing, creates)
    pages = APIRouter(route_class=as_pages)
    _add_front(pages, api, drawing, sessions)
    pages.include_router(door)
    pages.include_router(signed_in)
    return pages


def _add_front(pages: APIRouter, api: Api, drawing: Drawing, sessions: Sessions) -> None:
    @pages.get("/", response_model=Running, responses=BAD_INPUT | UNAVAILABLE, tags=["service"])
    def front(
        request: Request,
        status: str = "",
        text: Annotated[str, Query(max_length=100, description="Words of the prompt.")] = "",
        batch: Annotated[str, Query(max_length=100, description="Of one batch.")] = "",
        page: Annotated[int, Query(ge=0, le=10_000)] = 0,
        accept: Annotated[str, Header()] = "",
    ) -> Response:
        """For a program, that the service runs; for a browser, the gallery of ads."""
        if "text/html" not in accept:
            return JSONResponse(running().model_dump(), headers={"Vary": "Accept"})
        sessions.check(request)
        chosen = Chosen(status if status in dict(FILTERS) else "", text.strip(), batch)
        found = gallery(api, chosen, page)
        return drawing.page("gallery.html", found=found, filters=FILTERS, api_url=str(api.settings.api_url).rstrip("/"))


def _add_ad(pages: APIRouter, api: Api, drawing: Drawing, watches: Watches) -> None:
    @pages.get("/ads/{job_id}")
    def ad(job_id: JobId) -> Response:
        """One ad, as it stands."""
        return drawing.page("ad.html", ad=shown(api, job_id))

    @pages.get("/batches/{batch_id:path}")
    def batch(batch_id: BatchId) -> Response:
        """The ads of one batch, as they stand."""
        return drawing.page("batch.html", batch=ShownBatch(api.batch(batch_id)))

    @pages.get("/ads/{job_id}/events")
    async def events(job_id: JobId, last_event_id: Annotated[str | None, Header()] = None) -> EventSourceResponse:
        """What the page listens to."""
        return await stream(watches, job_id, last_event_id)


def _add_doing(pages: APIRouter, api: Api, drawing: Drawing, creates: Creates) -> None:
    @pages.post("/ads/{job_id}/cancel", dependencies=[Depends(check_posted_here)])
    def stop(job_id: JobId) -> Response:
        """No further call for this ad."""
        cancel(api, job_id)
        return RedirectResponse(f"{drawing.base}/ads/{job_id}", 303)

    @pages.post("/ads/{job_id}/retry", dependencies=[Depends(check_posted_here)])
    def go_on(request: Request, job_id: JobId, given: Annotated[Posted, Depends(posted)]) -> Response:
        """The ad goes on from what is paid, with a new limit where one is given."""
        limit = _limit(given.get("max_cost", ""))
        creates.count(_address(request))
        retry(api, job_id, limit)
        return RedirectResponse(f"{drawing.base}/ads/{job_id}", 303)


def _add_form(pages: APIRouter, api: Api, drawing: Drawing, creates: Creates) -> None:
    usual_limit = f"{api.settings.max_cost_per_video:f}"

    @pages.get("/new")
    def blank(source: Annotated[str, Query(alias="from", max_length=100)] = "", full_size: bool = False) -> Response:
        """The form, to be filled in, or filled with the brief of an ad."""
        form = Form.like(source, api.brief(source), full_size=full_size) if source else Form()
        return drawing.page("new.html", form=form, usual_limit=usual_limit)

    @pages.post("/new", dependencies=[Depends(check_posted_here)])
    def sent(request: Request, given: Annotated[Posted, Depends(posted)]) -> Response:
        """What it would cost; and then, if that is what was asked for, the ad."""
        source = given.get("from", "")
        form = Form.of(given, api.brief(source) if source else None)
        brief = form.brief()
        if brief and given.get("what") == "make":
            creates.count(_address(request))
            job_id, _ = create(api, brief, form.key, _PAGES, ORIGIN)
            return RedirectResponse(f"{drawing.base}/ads/{job_id}", 303)
        if brief:
            try:
                form.show(estimate(brief, api.settings))
            except InvalidBrief as error:
                form.tell(error)
        return drawing.page("new.html", 200 if form.estimate else 422, form=form, usual_limit=usual_limit)


def _limit(text: str) -> Decimal | None:
    """The limit that was written, in USD, as the API takes it."""
    try:
        return Retry.model_validate({"max_cost": text.strip()}).max_cost if text.strip() else None
    except ValidationError as error:
        raise Refused(422, f"{text[:40]!r} is no limit: write US dollars above 0, such as 5.00") from error


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _add_door(door: APIRouter, drawing: Drawing, sessions: Sessions) -> None:
    guesses = Guesses()

    @door.get("/sign-in")
    def ask(to: str = "") -> Response:
        """The door."""
        return drawing.page("door.html", door=True, to=to, told=None)

    @door.post("/sign-in", dependencies=[Depends(check_posted_here)])
    def enter(request: Request, given: Annotated[Posted, Depends(posted)]) -> Response:
        """A token for a cookie."""
        to = _inside(given.get("to", ""), drawing.base)
        answer = RedirectResponse(to, 303)
        guesses.check(_address(request))
        if not sessions.open(given.get("token", ""), request, answer):
            guesses.wrong(_address(request))
            told = "This is none of the tokens that open these pages."
            return drawing.page("door.html", 403, door=True, to=to, told=told)
        return answer

    @door.post("/sign-out", dependencies=[Depends(check_posted_here)])
    def leave() -> Response:
        """The cookie is gone."""
        answer = RedirectResponse(f"{drawing.base}/sign-in", 303)
        sessions.close(answer)
        return answer

    @door.get("/docs")
    def docs() -> Response:
        """The API's description, to read and to try."""
        return drawing.page("docs.html")

    @door.get("/static/{name}")
    def static(name: str) -> Response:
        """Styles, script, typefaces."""
        found = static_file(name)
        if found is None:
            raise HTTPException(404)
        return found


async def posted(request: Request) -> Posted:
    """The fields of the form that was posted; of each name the last."""
    try:
        return dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
    except UnicodeDecodeError as error:
        raise Refused(422, "this form is not UTF-8; send it from its page") from error


def _inside(to: str, base: str) -> str:
    """Where to go after signing in: a page of ours, whatever the link said."""
    ours = to.startswith(f"{base}/") and not to.startswith(("//", "/\\"))
    return quote(to, safe="/?=&%") if ours else f"{base}/"


def _told_as_pages(drawing: Drawing) -> type[APIRoute]:
    """Routes whose errors are pages, and that lead to the door who is not signed in."""

    class Page(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle = super().get_route_handler()

            async def told(request: Request) -> Response:
                try:
                    return await handle(request)
                except SignedOut:
                    to = quote(f"{drawing.base}{request.url.path}", safe="/")
                    return RedirectResponse(f"{drawing.base}/sign-in?to={to}", 303)
                except AdgenError as error:
                    status, heading = _of_error(error)
                    job_id = request.path_params.get("job_id") if status != 404 else None
                    page = drawing.page("told.html", status, heading=heading, text=error.message, job_id=job_id)
                    page.headers.update(error.headers if isinstance(error, Refused) else {})
                    return page

            return told

    return Page


def _of_error(error: AdgenError) -> tuple[int, str]:
    """The HTTP status, and a heading."""
    if isinstance(error, NotInLedger):
        return 404, f"There is no such {'batch' if 'batch' in error.details else 'ad'}."
    if isinstance(error, Refused):
        return error.status, "That did not work."
    return 503, "Not just now."

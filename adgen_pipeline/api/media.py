"""Pictures, videos, captions and manifests by signed links, in ranges, as players and browsers ask for them."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Query, Response
from fastapi.responses import FileResponse

from adgen_pipeline.errors import ArtifactError, ArtifactUnavailable
from adgen_pipeline.storage.links import Asked, MediaLinks
from adgen_pipeline.storage.media import MediaStore

_HEADERS = {
    # What lies under a hash never changes; the signature is for whoever has the link.
    "Cache-Control": "private, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    # Other origins' pages may show what they have a link to.
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def media_routes(store: MediaStore, links: MediaLinks) -> APIRouter:
    """`GET` and `HEAD /media/{name}`: our own copies in `store`, for whoever has one of `links`."""
    router = APIRouter(tags=["media"])

    @router.head("/media/{name}", include_in_schema=False)
    @router.get(
        "/media/{name}",
        response_class=FileResponse,
        responses={
            200: {
                "description": "The file.",
                "content": {kind: {} for kind in ("video/mp4", "image/jpeg", "text/vtt")},
            },
            206: {"description": "The part that `Range` asks for."},
            304: {"description": "What `If-None-Match` names is still it."},
            403: {"description": "The link was changed, or has expired."},
            404: {"description": "Our copy is gone."},
            416: {"description": "The file has no such range."},
            503: {"description": "The store cannot be reached just now."},
        },
    )
    def media(
        name: str,
        signature: Annotated[str, Query(description="Made by the API; opens this one file.")] = "",
        expires: Annotated[str, Query(description="Seconds since 1970 until which the link holds.")] = "",
        called: Annotated[str, Query(alias="name", description="What the file is called when it is saved.")] = "",
        if_none_match: Annotated[str | None, Header(include_in_schema=False)] = None,
    ) -> Response:
        """A picture or a video by the link in a job's result. Needs no token; knows ranges."""
        try:
            links.check(Asked(name, expires, signature, called))
        except ArtifactError as error:
            raise HTTPException(403, error.message) from error
        tag = f'"{name.partition(".")[0]}"'
        if if_none_match and tag in if_none_match:
            return Response(status_code=304, headers=_HEADERS | {"ETag": tag})
        return _file(_ours(store, name), tag, called)

    return router


def _ours(store: MediaStore, name: str) -> Path:
    try:
        return store.named(name)
    except ArtifactUnavailable as error:
        raise HTTPException(503, error.message, {"Retry-After": "5"}) from error
    except ArtifactError as error:
        raise HTTPException(404, "this file is gone from MEDIA_STORE; the ad has to be made again") from error


def _file(path: Path, tag: str, called: str) -> FileResponse:
    return FileResponse(
        path,
        media_type=MediaStore.media_type(path.name),
        filename=f"{called or path.stem[:12]}{path.suffix}",
        content_disposition_type="inline",
        headers=_HEADERS | {"ETag": tag},
    )

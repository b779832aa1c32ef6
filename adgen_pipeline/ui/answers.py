"""What the guard answers by itself, in GraphQL's own shape of an error."""

from starlette.responses import JSONResponse


def error(status: int, told: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """`{"errors": [{"message": told}]}`."""
    return JSONResponse({"errors": [{"message": told}]}, status, headers)


def unknown(told: str) -> JSONResponse:
    """401: who asks has shown no token, or a wrong one."""
    return error(401, told, {"WWW-Authenticate": 'Bearer realm="adgen"'})

"""What GraphQL may do by GET: read. An `<img>` on any page sends a GET, and Dagster would carry out what it says."""

from graphql import GraphQLError, OperationDefinitionNode, OperationType, parse
from starlette.datastructures import QueryParams

_MOST_TOKENS = 20_000


def refused_by_get(params: QueryParams) -> str | None:
    """Why a GET with `params` is not carried out, or None. Documents that hold a mutation are refused whole,
    whichever of their operations is chosen."""
    documents = params.getlist("query")
    if len(documents) > 1:
        return "more than one query"
    return next((why for document in documents if (why := _refused(document))), None)


def _refused(document: str) -> str | None:
    try:
        found = parse(document, no_location=True, max_tokens=_MOST_TOKENS).definitions
    except (GraphQLError, RecursionError):
        return "it is no GraphQL document"
    operations = [node.operation for node in found if isinstance(node, OperationDefinitionNode)]
    if any(operation != OperationType.QUERY for operation in operations):
        return "only queries are answered by GET; send mutations by POST as application/json"
    return None

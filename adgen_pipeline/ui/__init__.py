"""Dagster's own UI behind a guard, in one process (see docs/decisions/0019-guarded-ui.md).

Dagster's webserver has no login, answers whatever Host it is asked by, and carries out mutations sent by GET: any page
that is open in a browser on the same machine could launch an ad. Nothing here changes what the UI does.

    access   who may listen where: beyond loopback, a token is needed
    origins  under which names it answers, and whether a page of somebody else's is asking
    reads    what GraphQL may do by GET
    login    the token, the cookie that a login is answered with, and wrong guesses
    page     the page that asks for the token
    guard    all of it before Dagster's application, for HTTP and websockets alike
    server   the process: Dagster's application for an instance and a workspace, guarded
"""

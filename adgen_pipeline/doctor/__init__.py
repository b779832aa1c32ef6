"""`adgen doctor`: looks at a set-up and says what to mend. It buys nothing and changes nothing.

    findings     what a look comes to: ok, a warning or a failure, with the mend
    examining    all checks at once, each for so many seconds
    asking       one HTTP exchange, told step by step: name, connection, certificate, answer
    checks       one module a group; each yields findings

Belongs here: what can be wrong with a set-up. Does not: what a service answers to paid calls (`conformance`).
"""

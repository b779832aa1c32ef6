"""Tries out a service under development, call by call, and says what this pipeline would stumble over.

    suite -> checks      every check in its order, each a function that reads like its sentence
    bench -> line        a call to its end and what may be expected of it; each exchange as it went over the line
    requests, sources    what is asked for; a picture and a clip for the service to work on
    findings             passed, advice, mend or skipped: what was sent, what came back, what to do

Belongs here: what can be seen of a service from outside, by the clients' own understanding of the contract. Does not:
money's book, Dagster, the pipeline's store.
"""

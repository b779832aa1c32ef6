"""`adgen`: the command line.

    main      the commands
    estimate  what an ad would cost, before anything is spent
    options   a brief from words, options or a file; the options are the brief's own fields
    up, ui    a whole deployment, and its guarded UI alone
    display   progress while people wait, the table at the end, errors in plain words

Exit codes: 0 done, 1 failed on the way, 2 bad input (nothing was spent), 130 stopped with Ctrl-C
(but for `up`: to be stopped is its normal end).
"""

from adgen_pipeline.cli.main import main

__all__ = ["main"]

"""What the pipeline adds to the services it waits for: measured, as ratios and counts, never asserted.

Benchmarks, each a command (`python -m benchmarks.overhead`):

    clips           the clip stage against x264 fed with ready pictures
    ad              one ad by the embedded studio: seconds, memory, CPU
    overhead        one ad whose services only wait: ours, Dagster's processes, a plain script, the floor
    load            many ads at once: what slows down first
    pools           ads that wait for each other's pool slots: how long a freed slot stands empty
    growth          the same ad with more scenes, and with thousands of finished ads behind it
    profile         where the CPU of one ad goes, by layer

What they stand on:

    rivals          one ad by each way there is
    plain, contenders, floor, alike     the ways that are not ours, and how they are launched
    figures, targets                    what each way took; what that is held against
    profiles, fakes                     how long each call takes; the server that takes that long
    instances, history                  state folders, databases, a running Dagster; thousands of finished ads
    processes, watch                    process trees; what they take
    measure         the machine's line, tables that explain themselves, JSON
"""

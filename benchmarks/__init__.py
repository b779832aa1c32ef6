"""What the pipeline adds to the services it waits for: measured, as ratios and counts, never asserted.

ad          one ad by the embedded studio: seconds, memory, CPU
overhead    one ad whose services only wait: ours, Dagster's processes, a plain script, the critical path, the floor
load        many ads at once: what slows down first
pools       ads that wait for each other's pool slots: how long a freed slot stands empty
growth      the same ad with more scenes, and with thousands of finished ads behind it
profile     where the CPU of one ad goes, by layer

profiles, fakes        how long each call takes; the server that takes that long
plain, contenders, floor     what ours is held against
instances, history     state folders, databases and a running Dagster of the benchmark's own; the past of one
processes, measure     what process trees take; the machine's line, tables and JSON
"""

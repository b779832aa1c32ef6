"""The nouns of the house as frozen models: data only, no behaviour beyond reading themselves.

    brief -> storyboard -> keyframe -> clip -> ad      one module a noun, with its service's request and result
    envelope                                           how every service answers
    purchase                                           what a bought call cost, and the file it gave

Nothing here knows HTTP, files or Dagster.
"""

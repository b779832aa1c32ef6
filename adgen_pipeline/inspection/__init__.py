"""Looks at a finished ad as a viewer would get it: the file is decoded once, and what was seen and heard is judged.

`watching` measures and knows no rule; `judging` holds the rules, each limit with its source, and knows no codec.
"""

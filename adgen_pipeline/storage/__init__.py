"""Our own copy of every paid file, found by its content's hash.

Belongs here: where files lie, what they really are. Does not: who paid for them, who asks for them.
"""

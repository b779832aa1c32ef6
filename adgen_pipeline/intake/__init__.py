"""The inbox: files that people drop become ads that are wanted, each row once.

    reading      one file's bytes into rows: a brief each, or what is wrong with it
    sheets       CSV as spreadsheets write it
    documents    YAML and JSON: one brief, or many
    columns      a column's name and a cell's text, as people write them
    places       the inbox itself: a folder, or an object store's prefix
    looking      which files are whole by now
    taking_in    a file into the ledger, then out of the inbox
    reports      what is told of a file, for people and for programs

Belongs here: everything between a dropped file and the ledger. Does not: launching, which is the daemon's.
"""

from adgen_pipeline.intake.places import Inbox, open_inbox
from adgen_pipeline.intake.reading import read_briefs
from adgen_pipeline.intake.rows import Problem, Row, Sheet, Unreadable
from adgen_pipeline.intake.taking_in import TakenIn, take_in_all

__all__ = ["Inbox", "Problem", "Row", "Sheet", "TakenIn", "Unreadable", "open_inbox", "read_briefs", "take_in_all"]

"""Who was paid for what: the book of record for money.

    opening      where the database is, and how it is reached: `open_ledger`
    revisions    its tables: made, brought up to date, or refused as another version's
    book         `Ledger`: jobs with their budgets, calls with their states, totals
    claiming     the one transaction in which a call is read back, taken up, reused, or reserved anew
    breaker      which services are down, known to all processes
    looks        the pictures that the look of others is taken from
    commissions  ads that are wanted, each remembered before it is launched
    records      what is written of whole jobs: reports, lists, figures
    vitals       how the work stands just now, for monitoring
    campaigns    up to when standing campaigns were looked at
    outbox       who is to be told what became of them, until they know: `Outbox`
    intakes      the files that the inbox took in
    expiry       what may go when its keeping is over, and what stays all the same
    keeping      deletes that, jobs by jobs: `Keeping`
    past         the totals of what was deleted: nothing that was spent is ever forgotten
    restoring    what is no longer sure once a back-up was restored
    history      what earlier calls tell of those to come: answers at hand, prices
    entries      what the ledger answers: frozen models
    programs     Postgres' own: `pg_dump`, where it is and of which version
    schema       the tables
    migrations   how databases get them (Alembic)

A call is claimed, with its worst-case price reserved against its job's budget, before it is sent; its answer is
committed before it is used; its files are kept before it counts as settled.

    claimed --> settled | failed | released | unknown
    unknown --> settled | failed | released | claimed (asked again)
    failed, released --> claimed (asked again) | settled (an equal call's answer is reused)
    settled --> failed (its files are gone)

Every transition is one transaction that holds only if the call is still in the state, and of the owner, it was
thought to be. Money is USD as Decimal, kept in whole micro-dollars, so that sums are exact.
"""

from adgen_pipeline.ledger.book import Ledger
from adgen_pipeline.ledger.breaker import Breaker
from adgen_pipeline.ledger.entries import (
    Call,
    Claim,
    Commission,
    Delivery,
    Job,
    News,
    Next,
    Outcome,
    State,
    Totals,
    Wanted,
    WhenUnknown,
)
from adgen_pipeline.ledger.expiry import Expired
from adgen_pipeline.ledger.intakes import Intake
from adgen_pipeline.ledger.keeping import Keeping
from adgen_pipeline.ledger.opening import RUN_PATIENCE, open_ledger
from adgen_pipeline.ledger.outbox import Outbox
from adgen_pipeline.ledger.past import Past, PastCalls
from adgen_pipeline.ledger.records import Line, Made, Record, Records

__all__ = [
    "RUN_PATIENCE",
    "Breaker",
    "Call",
    "Claim",
    "Commission",
    "Delivery",
    "Expired",
    "Intake",
    "Job",
    "Keeping",
    "Ledger",
    "Line",
    "Made",
    "News",
    "Next",
    "Outbox",
    "Outcome",
    "Past",
    "PastCalls",
    "Record",
    "Records",
    "State",
    "Totals",
    "Wanted",
    "WhenUnknown",
    "open_ledger",
]

"""News of ads for those who asked for it: signed, sent from the ledger's outbox until they arrive.

    courier    `Courier`: takes what is due from the outbox, sends it, and notes how that went
    messages   what is told: type, timestamp, and the job's report
    signing    the key, and the headers of the Standard Webhooks specification
    posting    one guarded POST: to public addresses and allowed hosts alone, no redirects
    schedule   when a delivery is tried again, and when it is given up
    receivers  which callback_url is refused before anything is made

Who is to be told is written into the outbox (`adgen_pipeline.ledger.outbox`) by the transaction that ends the job.
"""

from adgen_pipeline.webhooks.courier import Attempted, Courier, deliver_once
from adgen_pipeline.webhooks.receivers import check_receiver
from adgen_pipeline.webhooks.signing import SigningKey

__all__ = ["Attempted", "Courier", "SigningKey", "check_receiver", "deliver_once"]

"""Buys calls: the only place where money, HTTP and files meet.

orders     what is asked for, by whom, and what it gave
buying     `Purchases.buy`: claim in the ledger, call by a client, keep the files, settle
attempts   the books of one call while it is under way: each attempt booked before the next is sent
leases     keeps the claims of this process its own, and gives up those of terminated runs
reach      which URL of a file which service can reach
"""

from adgen_pipeline.purchases.buying import Purchases
from adgen_pipeline.purchases.orders import Bought, Buyer, Order, look_of

__all__ = ["Bought", "Buyer", "Order", "Purchases", "look_of"]

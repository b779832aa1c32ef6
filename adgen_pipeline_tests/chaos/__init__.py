"""The fault lab: ads bought from services that misbehave, by processes that are killed; then the money is counted.

    faults, schedules   what can happen; what happens to the ad of a number
    trade, server       the four services: their prices, their invoice, their memory; the same over HTTP, misbehaving
    invoice, media      what they write down; what they hand out
    ad, caller          the ad's calls in their order; one life of the process that makes them
    points, peers       where it is killed: at its own persistence points; by whom it calls
    taken_out           three promises of the product, taken out of it to see that the lab finds that out
    world, play, lanes  the processes of a schedule; one schedule until its end; many
    invariants          what must be true whatever happened
    matrix, report      a kill at every persistence point; tables and JSON

`docs/fault-lab.md` says how to run it, and how to replay a schedule.
"""

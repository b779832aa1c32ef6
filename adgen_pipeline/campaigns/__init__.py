"""Standing campaigns and matrices: which ads they ask for, and when. Knows no Dagster.

matrix    from one brief and a matrix to the briefs of all its ads
ticks     the moments a cron expression names, across changes of the clock
folder    the campaigns as their files say, each bad file told apart
standing  one look at them all: which ticks are due, written down as commissions
batches   the ads of a matrix as a batch: written down together, summed up together
"""

"""What an ad would cost, before anything is spent: no call is made, and the ledger is only read.

estimating   `estimate`: from a brief to the estimate
scenes       how many scenes there will be, as far as that can be known without asking the parser
walk         down the stages as the pipeline goes, looking each call up instead of making it
prices       what a call is expected to cost, and how that is known
figures      the estimate: frozen models, and what their figures mean under the job's limit
verdict      the estimate's conclusion, in words
"""

from adgen_pipeline.estimates.estimating import estimate
from adgen_pipeline.estimates.figures import Estimate, StageEstimate
from adgen_pipeline.estimates.verdict import conclusion

__all__ = ["Estimate", "StageEstimate", "conclusion", "estimate"]

"""Prints what the ads of two hundred made-up briefs, and of those in the parser's tests, claim: traced or not."""

from adgen_pipeline_tests.copy_tracing.briefs import Written, briefs
from adgen_pipeline_tests.copy_tracing.report import trace
from adgen_pipeline_tests.studio.prompt_parser.briefs import BRIEFS

DURATIONS = (15, 30, 60)
MEANT = {"Luxry wach comercial, gold and blak": "luxury watch commercial, gold and black"}


def main() -> int:
    """Print both tables and the house's commonest lines; 1 if anything could not be traced."""
    made_up = trace(briefs(), DURATIONS)
    written = trace((Written(brief, MEANT.get(brief, brief)) for brief in BRIEFS), DURATIONS)
    for name, report in (("made-up briefs", made_up), ("briefs of the parser's tests", written)):
        print(f"{name}: {report.table()}\n")
    print("said most often by the house itself, of", made_up.ads, "ads:")
    for line, times in made_up.house.most_common(12):
        print(f"{times:5}  {line}")
    return 1 if made_up.untraced or written.untraced else 0


if __name__ == "__main__":
    raise SystemExit(main())

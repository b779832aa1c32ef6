"""Libraries against what the package asks for."""

from packaging.requirements import Requirement

from adgen_pipeline.doctor.checks.versions import unfit


def test_what_does_not_fit() -> None:
    """Too new, missing, or only wanted by an extra that the settings need."""
    lines = ("click<1", "click>=8", "no-such-thing>=2", "also-missing; extra == 'celery'")
    wanted = [Requirement(line) for line in lines]
    assert [f.subject for f in unfit(wanted, [])] == ["click", "no-such-thing"]
    (*_, extra) = unfit(wanted, ["celery"])
    assert extra.subject == "also-missing" and extra.mend == "pip install 'also-missing'"

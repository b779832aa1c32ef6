"""What became of an ad that somebody ended: by a cancel, by killing its run, or by killing a call's only witness."""

from dataclasses import dataclass, field


@dataclass
class Ending:
    """What became of one ad. `posts`: calls that had reached the services when it was cancelled, when its run had
    ended, and a while later; `told`: calls that the services were asked to cancel; `seconds` until its end."""

    what: str
    posts: tuple[int, ...] = ()
    told: int = 0
    seconds: float = 0.0
    billed: int = 0
    charged: str = ""
    booked: str = ""
    in_doubt: str = ""
    wrong: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """All as it should be."""
        return not self.wrong

"""A new ad, as a form: what was written, what is wrong with it, and what it would cost."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adgen_pipeline.api.pages.words import money
from adgen_pipeline.contracts.brief import Brief, read_brief
from adgen_pipeline.errors import InvalidBrief
from adgen_pipeline.estimates import Estimate, conclusion

_BLANK = {
    "prompt": "",
    "aspect_ratio": "9:16",
    "duration": "30",
    "name": "",
    "style": "",
    "call_to_action": "",
    "max_cost": "",
    "draft": "",
}
_BRAND = ("name", "style", "call_to_action")


@dataclass(frozen=True)
class ShownEstimate:
    """What it would cost, in figures and in words."""

    price: str
    told: str


@dataclass
class Form:
    """The form as it is shown: `wrong` by field, `others` for what no field stands for.

    `key` makes the ad the same one however often the form is sent.
    """

    given: dict[str, str] = field(default_factory=lambda: dict(_BLANK))
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    wrong: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    estimate: ShownEstimate | None = None

    @classmethod
    def of(cls, posted: Mapping[str, str]) -> "Form":
        """The form that was sent."""
        given = {name: posted.get(name, "").strip()[:2000] for name in _BLANK}
        return cls(given, posted.get("key", "")[:64] or uuid.uuid4().hex)

    def brief(self) -> Brief | None:
        """The brief it means; None where it breaks a rule, which is written beside the fields then."""
        try:
            return read_brief(self._data())
        except InvalidBrief as error:
            self.tell(error)
            return None

    def tell(self, error: InvalidBrief) -> None:
        """Write each problem beside its field."""
        for path, _, way_out in error.problems:
            name = path.rpartition(".")[2]
            if name in _BLANK:
                self.wrong[name] = way_out[:1].upper() + way_out[1:]
            else:
                self.others.append(f"{path} {way_out}")

    def show(self, estimate: Estimate) -> None:
        """Show what it would cost."""
        price = "Free" if estimate.is_free else f"About {money(estimate.expected)}"
        self.estimate = ShownEstimate(price, conclusion(estimate))

    def _data(self) -> dict[str, Any]:
        """The fields that were filled in, as data of a brief."""
        told: dict[str, Any] = {name: text for name, text in self.given.items() if text and name not in _BRAND}
        brand = {name: self.given[name] for name in _BRAND if self.given[name]}
        return {"prompt": ""} | told | ({"brand_guidelines": brand} if brand else {})

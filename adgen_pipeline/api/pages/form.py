"""A new ad, as a form: what was written, what is wrong with it, and what it would cost."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adgen_pipeline.api.pages.words import money
from adgen_pipeline.contracts.brief import BrandGuidelines, Brief, read_brief
from adgen_pipeline.errors import InvalidBrief
from adgen_pipeline.estimates import Estimate, conclusion

_BLANK = {
    "prompt": "",
    "aspect_ratio": "9:16",
    "duration": "30",
    "max_cost": "",
    "draft": "",
    "name": "",
    "tagline": "",
    "call_to_action": "",
    "style": "",
    "primary_color": "",
    "secondary_color": "",
    "logo_url": "",
    "captions": "",
    "seed": "",
}
_BRAND = tuple(BrandGuidelines.model_fields)
_MORE = (*_BRAND, "captions", "seed")
"""What stands under "Brand and more"."""

_KEPT = {"scenes": "its own scenes", "words": "its own words", "callback_url": "its webhook", "reuse": "its reuse"}
"""What a brief may have beyond the form: it is kept where one is changed."""


@dataclass(frozen=True)
class ShownEstimate:
    """What it would cost, in figures and in words."""

    price: str
    told: str


@dataclass
class Form:
    """The form as it is shown: `wrong` by field, `others` for what no field stands for.

    `key` makes the ad the same one however often the form is sent. `source` is the ad whose brief it was filled with,
    and `beyond` what that brief says in fields that the form has not.
    """

    given: dict[str, str] = field(default_factory=lambda: dict(_BLANK))
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    wrong: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    estimate: ShownEstimate | None = None
    source: str = ""
    beyond: dict[str, Any] = field(default_factory=dict)
    keeps: bool = True

    @classmethod
    def of(cls, posted: Mapping[str, str], earlier: Mapping[str, Any] | None = None) -> "Form":
        """The form that was sent; `earlier` is the brief of the ad it was filled with."""
        given = {name: posted.get(name, "").strip()[:2000] for name in _BLANK}
        form = cls(given, posted.get("key", "")[:64] or uuid.uuid4().hex)
        form.source, form.beyond = posted.get("from", ""), _beyond(earlier or {})
        form.keeps = "keep" in posted
        return form

    @classmethod
    def like(cls, job_id: str, brief: Mapping[str, Any], *, full_size: bool = False) -> "Form":
        """The form filled with the brief of an ad; `full_size` makes one of a draft."""
        told = {**brief, **brief.get("brand_guidelines", {})}
        given = {name: _written(told.get(name)) or usual for name, usual in _BLANK.items()}
        given |= {"draft": ""} if full_size else {}
        return cls(given, source=job_id, beyond=_beyond(brief))

    @property
    def kept(self) -> str:
        """What the ad's brief has beyond the form, in words."""
        return ", ".join(told for name, told in _KEPT.items() if name in self.beyond)

    @property
    def shows_more(self) -> bool:
        """Whether "Brand and more" stands open: something is in it."""
        return any(self.given[name] or name in self.wrong for name in _MORE)

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
            name = path.removeprefix("brand_guidelines.")
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
        kept = self.beyond if self.keeps else {}
        return {"prompt": ""} | kept | told | ({"brand_guidelines": brand} if brand else {})


def _beyond(brief: Mapping[str, Any]) -> dict[str, Any]:
    """What the form cannot show. What a remake bought again belongs to that one ad."""
    found = {name: brief[name] for name in _KEPT if brief.get(name)}
    if found.get("reuse") != "off":
        found.pop("reuse", None)
    return found


def _written(value: Any) -> str:
    """A field of a brief as one writes it into the form."""
    return ("true" if value else "") if isinstance(value, bool) else "" if value is None else str(value)

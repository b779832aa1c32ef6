"""How the pictures of an ad came about, in the terms of IPTC that platforms and C2PA share."""

from typing import Literal
from uuid import UUID
from xml.sax.saxutils import quoteattr

from adgen_pipeline.contracts.frozen import Frozen

SourceType = Literal["algorithmicMedia", "trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"]

_TERMS = "http://cv.iptc.org/newscodes/digitalsourcetype/"

_DRAWN, _GENERATED = "drawn motion graphics", "pictures and video by generative AI"

_XMP_BOX = UUID("be7acfcb-97a9-42e8-9c71-999491e3afac")
"""What an XMP packet is called in an MP4 (XMP specification, part 3, 1.2.7)."""

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 Iptc4xmpExt:DigitalSourceType={source} xmp:CreatorTool={tool}/>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


class Disclosure(Frozen):
    """`digital_source_type` is a term of IPTC's vocabulary; `text` says it for people."""

    ai_generated: bool
    digital_source_type: SourceType
    text: str

    @property
    def term(self) -> str:
        """The term as a URL, as C2PA and XMP have it."""
        return _TERMS + self.digital_source_type


def disclosure(*, studio_draws: bool, studio_films: bool, speaks: bool) -> Disclosure:
    """What to tell of an ad whose keyframes and clips the embedded studio made, or others; `speaks`: it has a voice.

    The studio draws by rules; every voice, and any other service, is taken for a trained model: who tells too much is
    never wrong.
    """
    if not (studio_draws or studio_films):
        kind: SourceType = "trainedAlgorithmicMedia"
    elif studio_draws and studio_films and not speaks:
        kind = "algorithmicMedia"
    else:
        kind = "compositeWithTrainedAlgorithmicMedia"
    parts = [_DRAWN] * (studio_draws or studio_films) + [_GENERATED] * (not (studio_draws and studio_films))
    text = f"Made from a written brief: {', '.join([*parts, *['a synthetic voice'] * speaks])}; no camera."
    return Disclosure(ai_generated=kind != "algorithmicMedia", digital_source_type=kind, text=text)


def xmp_box(told: Disclosure, software: str) -> bytes:
    """The disclosure as XMP in a box of its own, to stand at the end of an MP4: platforms look for it there."""
    packet = _XMP.format(source=quoteattr(told.term), tool=quoteattr(software)).encode()
    return (len(packet) + 24).to_bytes(4) + b"uuid" + _XMP_BOX.bytes + packet

"""A brief in another language: its own phrases are all the words the ad has, and no English stands beside them."""

import re
from typing import NamedTuple

from adgen_pipeline.contracts.brief import BrandGuidelines
from adgen_pipeline.studio.prompt_parser.categories import CATEGORIES, UNKNOWN, Category
from adgen_pipeline.studio.prompt_parser.cleaning import without_commands
from adgen_pipeline.studio.prompt_parser.end_card import MOST_OFFERS
from adgen_pipeline.studio.prompt_parser.grammar import sentence_case
from adgen_pipeline.studio.prompt_parser.language import Language
from adgen_pipeline.studio.prompt_parser.reading import Reading, tone_of
from adgen_pipeline.studio.prompt_parser.script import HEADLINE_WORDS, Copy, Shown, brand, caption, headline
from adgen_pipeline.studio.prompt_parser.stories import Part


class _Request(NamedTuple):
    """How one asks for an ad: what the ad is called, and what stands between that and the product;
    `calls` begins or ends a line that asks the viewer to act."""

    ad: str
    of: str
    our: str
    calls: str


_REQUESTS = {
    "de": _Request(
        r"werbung|werbespots?|werbevideos?|werbefilm\w*|anzeigen?|spots?|videos?|clips?|reels?|filme?",
        r"für|zu|über|von", r"unsere|unser|meine|mein|eine|ein|die|das",
        r"^(?:jetzt|gleich)\b.*|.*\b(?:buchen|bestellen|anrufen|vereinbaren|bewerben|anmelden|entdecken|testen|sichern)$",
    ),
    "fr": _Request(
        r"publicités?|pubs?|annonces?|vidéos?|videos?|spots?|clips?|films?",
        r"pour|sur|de|d'", r"notre|nos|mon|ma|mes|une|un|les|la|le|l'",
        r"^(?:réservez|commandez|achetez|appelez|découvrez|inscrivez|prenez|essayez|postulez|téléchargez|venez)\b.*",
    ),
    "es": _Request(
        r"anuncios?|publicidad|v[ií]deos?|spots?|comercial(?:es)?",
        r"para|de|sobre", r"nuestr[oa]s?|mis?|una|un|las|los|la|el",
        r"^(?:reserva|compra|llama|descubre|apúntate|pide|prueba|visita|descarga|inscríbete|ven)\b.*",
    ),
    "it": _Request(
        r"spot|pubblicità|annunci?o?|video|reel",
        r"per|su|di", r"(?:il|la|i|le) (?:nostr[aoei]|mi[ao])|una|uno|un|il|la|lo|i|le|gli|l'",
        r"^(?:prenota|acquista|ordina|chiama|scopri|prova|iscriviti|scarica|vieni)\b.*",
    ),
    "pt": _Request(
        r"an[úu]ncios?|publicidade|propaganda|v[ií]deos?|comercia(?:l|is)",
        r"para|de|sobre", r"(?:[oa]s? )?(?:noss[oa]s?|meus?|minhas?)|uma|um|os|as|o|a",
        r"^(?:reserve|compre|ligue|descubra|peça|experimente|inscreva-se|baixe|agende|marque)\b.*",
    ),
    "nl": _Request(
        r"reclames?|reclamespot|advertenties?|video'?s?|spots?|filmpjes?",
        r"voor|over|van", r"onze|ons|mijn|een|de|het",
        r"^(?:boek|bestel|koop|bel|ontdek|probeer|meld|reserveer|download)\b.*",
    ),
}  # fmt: skip
"""The languages whose requests are known: only their briefs can be shown without showing the order to make an ad."""

_GOODS = {
    "watch": r"\w*uhr(?:en)?|montres?|reloj(?:es)?|orologi?o?|rel[óo]gios?|horloges?|zegar\w+",
    "coffee": r"\w*kaffees?|kaffee\w+|cafés?|caffè|koffie\w*|kaw[aęy]",
    "fragrance": r"parfums?|parfüms?|perfumes?|profum[oi]|perfum\w*",
    "shoe": r"\w*schuhe?n?|chaussures?|baskets|zapat\w+|scarp[ae]|sapatos?|tênis|\w*schoen\w*|buty",
    "phone": r"handys?|smartphones?|téléphones?|teléfonos?|móvil\w*|telefon\w*|telefoon\w*",
    "laptop": r"laptops?|ordinateurs?|ordenador\w*|portátil\w*|notebooks?",
    "headphones": r"kopfhörern?|casques?|écouteurs|auriculares|cuffie|fones|koptelefoon\w*|słuchawki",
    "car": r"autos?|\w*wagen|voitures?|coches?|macchin[ae]|carros?|samoch\w+",
    "book": r"b(?:uch|ücher)[ns]?|romane?|livres?|libr[oi]s?|livros?|boek\w*|książk\w+",
    "bag": r"\w*taschen?|rucks[aä]ck\w*|sacs?|bolsos?|mochilas?|bors[ae]|zain[oi]|tassen?|torb\w+|plecak\w*",
    "drink": r"biere?s?|bière|weine?|vins?|vin[oi]s?|vinhos?|wijn\w*|piwo|cervezas?|birr[ae]|cervejas?|"
    r"limonade|säfte|saft",
    "skincare": r"\w*cremes?|crèmes?|cremas?|seifen?|savons?|jab[óo]n\w*|sapon[ei]|sabonetes?|zeep|krem\w*|s[ée]rum",
    "health": r"\w*zahn\w+|\w*praxis|\w*klinik|dentistes?|cabinet dentaire|cliniques?|dentistas?|clínicas?|tandarts\w*|"
    r"physiotherap\w+|fisioterap\w+|kiné\w*",
    "fitness": r"fitness\w*|gimnasios?|salles? de sport|palestr[ae]|academias?|sportscho\w+|yoga\w*",
    "service": r"\w*anwält\w+|\w*anw[aä]lt\w*|\w*kanzlei|avocate?s?|abogad[oa]s?|avvocat[oie]|advogad[oa]s?|advocaat|"
    r"friseur\w*|coiffeu\w+|peluquer\w+|parrucchier\w+|cabeleireir\w+|kapper\w*|\w*versicherung\w*|assurances?",
    "property": r"\w*wohnung(?:en)?|immobili\w+|appartements?|apartamentos?|pisos|appartament[oi]",
    "work": r"stellenangebot\w*|wir suchen|recrut\w+|buscamos|cerchiamo|assumiamo|contratamos|vacature\w*",
    "event": r"\w*festivals?|\w*konzert\w*|concerts?|conciertos?|concert[oi]|musée\w*|museo\w*|exposition\w*",
    "food": r"pizz\w+|fromag\w+|\w*käse\w*|quesos?|quesería|formagg\w+|queij\w+|kaas\w*\w+|\w*honig|miele?|mel|"
    r"brote?|schokolade\w*|chocolats?|chocolates?|cioccolat\w+|restaurants?|ristorante|restaurantes?|"
    r"bäckerei|boulangerie|panadería|panetteria|kuchen|gâteaux?|gelat[oi]|bolos?|tartas?|torten?|dolci|doces",
    "app": r"apps?|software|logiciels?",
    "course": r"\w*kurse?n?|cours|cursos?|cors[oi]|cursus",
    "travel": r"hotels?|hôtels?|hoteles|\w*reisen?|voyages?|viajes?|viaggi?o?|viagens?|vakantie\w*",
}
"""What is sold, in the languages above and Polish: for the picture alone."""

_LONGEST_HEADLINE = 10
_LONGEST_CALL = 6
_STOP = re.compile(r"[!;]+|[.,:](?!\d)|\s[–—-]\s|\n|(?<=\?)\s")
_MONEY = re.compile(
    r"\d\s?(?:%|€|£|\$)|[€£$]\s?\d|\b(?:\d+ (?:euros?|francs|pesos|reais|złotych)|gratuit\w*|gratis|grátis|gratuito\w*|"
    r"kostenlos\w*|offerte?s?|rabatt|remise|descuento|sconto|desconto|korting|2x1)\b",
    re.IGNORECASE,
)
_LONGEST_OFFER = 14
"""Words of an offer on the end card: cut short it would promise more than it does."""


def read_foreign(prompt: str, guidelines: BrandGuidelines, language: Language) -> Reading:
    """What can be known of `prompt` without its language: the goods, to be drawn, and its phrases, to be shown."""
    prompt = without_commands(prompt)
    category = _goods_in(prompt)
    said = _phrases(prompt, language)
    return Reading(
        category=category,
        tone=tone_of(f"{guidelines.style or ''}".lower(), category),
        language=language,
        brand=guidelines.name,
        tagline=guidelines.tagline,
        call_to_action=guidelines.call_to_action or _call_in(said, language),
        offers=tuple(phrase for phrase in said if _MONEY.search(phrase)),
        phrases=said,
        looks=(guidelines.style,) if guidelines.style else (),
    )


def foreign_copy(reading: Reading, parts: list[Part]) -> list[Copy]:
    """The brief's phrases, one to a scene from the hook on; what is left over of the scenes has no words."""
    told = [phrase for phrase in reading.phrases if len(phrase.split()) <= _LONGEST_HEADLINE]
    apart = (*reading.offers, reading.call_to_action)
    own = [phrase for phrase in told if phrase not in apart] or told
    opens_late = len(own) == 1
    copies = []
    for part in parts[:-1]:
        silent = part.tells == "glimpse" or not own or (opens_late and part is parts[0])
        copies.append(Copy() if silent else Copy((headline(own.pop(0), reading.tone.type_style),)))
    return [*copies, _end_card(reading)]


def has_words(reading: Reading) -> bool:
    """Whether the ad shows the brief's own phrases."""
    return bool(reading.phrases)


def _end_card(reading: Reading) -> Copy:
    apart = (*reading.offers, reading.call_to_action)
    told = [phrase for phrase in reading.phrases if "?" not in phrase and phrase not in apart]
    fits = [phrase for phrase in told or reading.phrases if len(phrase.split()) <= HEADLINE_WORDS]
    name = reading.brand or next(iter(fits), None)
    shown = [brand(name)] if name else []
    shown += [caption(reading.tagline, reading.tone.type_style)] if reading.tagline else []
    shown += [Shown(offer, "offer") for offer in _shown_offers(reading) if offer != name]
    shown += [Shown(reading.call_to_action, "call_to_action")] if reading.call_to_action else []
    return Copy(tuple(shown))


def _shown_offers(reading: Reading) -> list[str]:
    return [offer for offer in reading.offers if len(offer.split()) <= _LONGEST_OFFER][:MOST_OFFERS]


def _goods_in(prompt: str) -> Category:
    found = [
        (match.start(), name)
        for name, words in _GOODS.items()
        if (match := re.search(rf"\b(?:{words})\b", prompt, re.IGNORECASE))
    ]
    return CATEGORIES[min(found)[1]] if found else UNKNOWN


def _phrases(prompt: str, language: Language) -> tuple[str, ...]:
    """The phrases of `prompt`, without the order to make an ad; none if that cannot be told."""
    request = _REQUESTS.get(language.code)
    if request is None:
        return ()
    pieces = [piece.strip(" ,.;:!\"'«»„“”") for piece in _STOP.split(prompt)]
    told = [phrase for piece in pieces if (phrase := _without_order(piece, request))]
    return tuple(sentence_case(phrase) for phrase in dict.fromkeys(told))


def _call_in(phrases: tuple[str, ...], language: Language) -> str | None:
    """The phrase that asks the viewer to act: "Termin online buchen"."""
    request = _REQUESTS.get(language.code)
    calls = request and re.compile(request.calls, re.IGNORECASE)
    return next((p for p in phrases if calls and calls.fullmatch(p) and len(p.split()) <= _LONGEST_CALL), None)


def _without_order(piece: str, request: _Request) -> str:
    """ "neue Kaffeemaschine" of "Werbung für unsere neue Kaffeemaschine"; nothing of what only gives orders."""
    ad = rf"\b(?:{request.ad})\b"
    rest = re.sub(
        rf"^.*?{ad}\s+(?:{request.of})\s*\b(?:\d+[ -]?s\w*\s+(?:{request.of})\s+)?(?:(?:{request.our})(?:\s+|(?<=')))?",
        "",
        piece,
        flags=re.I,
    )
    bent = rest != piece and re.match(r"(?:unser|mein|ein|d)e[nmrs]\b", rest, re.IGNORECASE)
    return "" if bent or re.search(ad, rest, re.IGNORECASE) else rest

"""The words by which a brief is understood: instructions to leave out, people, offers, looks, colours."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AD_NOUNS = (
    r"(?:ads?|adverts?|advertisements?|commercials?|promos?|videos?|spots?|clips?|reels?|shorts?|teasers?|"
    r"trailers?|campaigns?|films?|stor(?:y|ies)|pre-?rolls?|bumpers?)"
)
"""What the customer calls the thing to be made; never a word for the screen."""

PLATFORMS = {
    "tiktok": "TikTok",
    "tik tok": "TikTok",
    "instagram": "Instagram",
    "insta": "Instagram",
    "youtube": "YouTube",
    "facebook": "Facebook",
    "snapchat": "Snapchat",
    "linkedin": "LinkedIn",
    "pinterest": "Pinterest",
    "twitter": "X",
    "twitch": "Twitch",
    "television": "TV",
    "tv": "TV",
}

INSTRUCTION_ADJECTIVES = _words(
    "short quick brief vertical horizontal square landscape portrait widescreen video product promo "
    "promotional social media online digital tv television marketing advertising campaign catchy "
    "engaging compelling professional great good nice cool amazing stunning eye-catching high-quality "
    "hd 4k full-length launch brand second seconds sec secs minute length long animated funny "
    "cinematic moody dreamy upbeat fast-paced heartwarming emotional inspiring inspirational aspirational epic"
)
"""Words before "ad" that describe the ad, not the product."""

DETERMINERS = _words(
    "wife's husband's friend's friends mum's mom's dad's sister's brother's daughter's son's "
    "a an the our my your their his her its this these those that some any one another all every each"
)

PUFF = _words(
    "just best greatest ultimate amazing incredible awesome great perfect brand-new all-new brand new latest "
    "newest upcoming world's #1 number-one finest unique special very really super so most fantastic "
    "wonderful"
)
"""Words in front of a product that praise it or call it new; a name reads better without them."""

PEOPLE = _words(
    "parent mum mom mother dad father family kid child children toddler baby teen teenager student "
    "pupil teacher professional worker employee freelancer founder entrepreneur owner manager team "
    "developer designer engineer runner athlete cyclist hiker climber swimmer golfer gamer skater "
    "surfer camper commuter traveller traveler tourist explorer adventurer driver rider woman women "
    "man men lady gentleman girl boy people person adult senior pensioner couple bride groom lover "
    "fan enthusiast beginner expert collector creator artist musician photographer filmmaker reader "
    "writer cook chef baker foodie homeowner renter tenant patient customer client shopper buyer "
    "anyone everyone someone those millennial nomad dog cat pet gardener barista nurse doctor farmer "
    "executive leader newcomer newlywed grandparent friend guest host business startup company z "
    "owners audience crowd"
)
"""Who an ad can be for (singular)."""

LOOK_NOUNS = _words(
    "aesthetic aesthetics style styling vibe vibes mood look feel feeling tone tones palette colors "
    "colours color colour lighting light lights shots shot music soundtrack voiceover voice-over "
    "narration scenes footage visuals visual cinematography atmosphere ambience background backdrop "
    "transitions animation animations typography pacing camera close-ups beats imagery energy scene "
    "theme undertones accents montage hour angle"
)
"""A phrase with one of these tells how the ad looks or sounds, not what the product does."""

LOOK_WORDS = _words(
    "cinematic moody dramatic minimal minimalist minimalistic elegant elegance glamorous sleek modern "
    "futuristic vintage retro nostalgic playful upbeat fun funny quirky whimsical cute colorful "
    "colourful vibrant bright dark neon cozy cosy warm calm calming serene peaceful tranquil zen "
    "dreamy ethereal romantic sensual mysterious bold edgy gritty raw energetic dynamic fast-paced "
    "fast slow powerful intense epic sporty clean crisp simple natural earthy rustic organic "
    "luxurious luxury premium opulent sophisticated refined classy chic stylish timeless professional "
    "friendly heartwarming emotional inspiring inspirational motivational uplifting cheerful happy "
    "techy high-tech cyberpunk monochrome pastel golden sunny night sunset sunrise hopeful confident "
    "youthful trendy hip soft muted rich graceful exclusive majestic loud punchy urban educational "
    "catchy engaging aspirational inviting welcoming adventurous tense suspenseful"
)

LOOK_GLUE = _words("clear and or with a an the in of very but yet not too more mostly some keep it make feels feel be")

COLOURS = {
    "gold": "#C9A227",
    "golden": "#C9A227",
    "silver": "#AEB6BF",
    "bronze": "#A9714B",
    "copper": "#B87333",
    "black": "#0B0B0D",
    "white": "#F5F3EF",
    "ivory": "#F3EBDD",
    "cream": "#F1E4CC",
    "beige": "#D9C3A0",
    "brown": "#6B4226",
    "tan": "#C49A6C",
    "grey": "#7B8087",
    "gray": "#7B8087",
    "charcoal": "#23262B",
    "red": "#D7263D",
    "crimson": "#B0122B",
    "burgundy": "#6D1A36",
    "orange": "#F2711C",
    "coral": "#FF6F59",
    "peach": "#FFB38A",
    "yellow": "#F7C531",
    "mustard": "#D6A419",
    "green": "#2E9E5B",
    "emerald": "#0E8F61",
    "olive": "#7A7F35",
    "sage": "#9CAF88",
    "mint": "#7FD8BE",
    "teal": "#12888A",
    "turquoise": "#2EC4B6",
    "blue": "#2F6FED",
    "navy": "#12213F",
    "indigo": "#4B3FBF",
    "purple": "#7B3FB8",
    "violet": "#8A4FD3",
    "lavender": "#B59FDB",
    "pink": "#F0609E",
    "rose": "#D98A94",
    "pastel": "#F3B6C8",
    "magenta": "#D6218F",
    "neon": "#25F4C4",
}
"""Colour words as #RRGGBB, each a tone that works as paint."""

CALL_VERBS = (
    r"(?:shop|order|book|call|visit|download|buy|subscribe|sign up|join|reserve|pre-?order|get yours|get started|"
    r"start (?:an?|my|the)(?=.*\b(?:trial|free|membership|subscription|plan|project|application|tour)\b)|"
    r"start (?:your|free|now|today)|try (?:it|us|them|for free|free)|"
    r"(?:get|see) (?:a|your|the) (?:free )?(?:quote|demo|tickets?|app)|"
    r"learn more|discover more|find out more|enquire|apply|register|claim|swipe up|tap|click|"
    r"test drive|test ride|(?:text|message|whatsapp|ring|email) (?:me|us)\b|"
    r"request|schedule|contact us|donate|(?:listen|watch|stream) (?:now|on|to)|"
    r"install|enrol|enroll|plan your|come and|stop by|drop by)"
)
"""How a line begins that asks the viewer to act."""

PROOF = re.compile(
    r"\b(?:rated|awards?|award-winning|awarded|certified|(?:\w+-)?tested|proven|approved|recommended|"
    r"trusted by|loved by|used by|warranty|guarantee[ds]?|since \d{4}|established|reviews|[\d.]+[- ]stars?|clinically|"
    r"dermatologist\w*|"
    r"patented|winner|(?:in|by) (?:an?|our) (?:[a-z]+ )?(?:study|trial|survey)|"
    r"years of experience|[\d,.]+[km]?\+? (?:\w+ )?(?:customers|users|people|families|downloads|"
    r"clients|patients|members))\b",
    re.IGNORECASE,
)
"""Statements that back the product up, in the customer's own words."""

ACRONYMS = _words(
    "led usb suv gps uv spf ai tv hd nfc vr ar usb-c hdmi diy gb tb ipa uk usa us eu nyc la bpa oled "
    "rgb hr crm api cbd b2b b2c saas 3d"
)
_PROPER_NAMES = _words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July "
    "August September October November December Christmas Easter Valentine's Halloween Diwali Ramadan "
    "Bluetooth TikTok Instagram YouTube Italy Italian France French Paris London England English "
    "Germany German Japan Japanese Spain Spanish Swiss Switzerland America American Europe European "
    "Scotland Scottish Ireland Irish British Portuguese Dutch Chinese Indian Mexican Korean Thai Turkish Greek "
    "Austrian Belgian Danish Swedish Norwegian Australian Canadian Brazilian Eid Hanukkah WhatsApp Trustpilot SaaS "
    "LinkedIn "
    "Facebook Google Leeds Manchester Bristol Liverpool Glasgow Edinburgh Dublin Belfast Cardiff Cornwall Wales "
    "Berlin Munich Hamburg Vienna Zurich Madrid Barcelona Valencia Lisbon Rome Milan Amsterdam "
    "Brussels Stockholm Oslo Copenhagen Prague Warsaw Chicago Boston Seattle Miami Denver Brooklyn Toronto "
    "York London Austin Dallas Houston Vancouver Sydney Melbourne Auckland Dubai Mumbai Delhi "
    "Bangalore Tokyo Singapore India China Portugal Kenya"
)
PROPER = {name.lower(): name for name in _PROPER_NAMES}
"""Words that keep their capital in any brief ("may" is too often a verb to be among them)."""

MODIFIERS = _words(
    "language learning grooming growth tax budget party job photo art news weather money time food "
    "meal tea water wine fruit vegetable seed power sound voice light speed road street village "
    "island winter world life story hobby running trail hiking walking sports sport smart wireless "
    "electric hybrid automatic mechanical digital analog leather wooden wood bamboo cotton linen silk "
    "wool cashmere canvas denim suede steel titanium ceramic glass marble stone plastic rubber foam "
    "metal brass diamond pearl crystal handmade hand-made homemade handcrafted artisan artisanal "
    "organic natural vegan gluten-free plant-based sustainable recycled reusable eco eco-friendly "
    "biodegradable refillable local fresh frozen roasted baked smoked spicy sweet salted sparkling "
    "cold hot iced warm cool light lightweight heavy small large big mini compact slim thin thick "
    "tall wide long short portable foldable adjustable waterproof water-resistant breathable durable "
    "strong tough rugged soft smooth comfortable cosy cozy ergonomic everyday daily weekly monthly "
    "morning evening night day summer winter spring autumn fall holiday wedding birthday christmas "
    "family kids children's kid's men's women's mens womens baby toddler dog cat pet home house "
    "kitchen garden office desk car city urban rural mountain ocean sea beach river forest outdoor "
    "indoor travel camping fishing cycling bike yoga fitness gym training workout gaming music studio "
    "school college university business small-business corporate financial legal dental medical "
    "mental health healthy beauty skin hair face body hand lip eye nail bath shower luxury premium "
    "modern classic vintage retro antique traditional contemporary minimalist elegant stylish "
    "affordable cheap custom personalised personalized bespoke limited exclusive special new old "
    "young first second-hand used pre-owned certified professional personal private public social "
    "online offline mobile cloud secure safe fast quick quiet silent noise-cancelling loud bright "
    "dark black white red green blue gold silver pink purple orange yellow brown grey gray colourful "
    "colorful rich creamy crispy crunchy juicy fruity dark milk white green herbal floral woody "
    "citrus lemon orange lime mint vanilla chocolate strawberry mango coconut honey oat almond peanut "
    "berry apple cherry rose lavender protein energy vitamin collagen solar rechargeable cordless "
    "robotic robot high low ultra pro craft gourmet raw pure clean simple easy full whole half double "
    "single dual three-in-one all-in-one multi interactive educational creative magnetic weighted "
    "heated insulated stainless non-stick cast iron open-source free affordable next-day same-day "
    "after-school subscription gift starter travel-size gentle friendly calm bold playful elegant "
    "sleek real true good little tiny cute plush stuffed squeaky european american italian french "
    "german swiss japanese korean mexican indian thai chinese turkish greek self-cleaning hands-free "
    "beard hidden secret brave lost quiet great wild western northern southern eastern"
)
"""Common words that stand before product nouns: lower-case them in a sentence, never take them for a brand."""

FUNCTION_WORDS = _words(
    "hi hello hey fly drive cook eat sleep wake work play learn listen feel taste enjoy experience "
    "stop say save find book order call go come wear read write build grow live love join turn stay "
    "travel big sale a about after all also an and any are as at be been before but by can could do "
    "does each every for from get give go has have help her his how i if in into is it its just let "
    "like made make many me more my need new no not now of off on one only or our out over own per "
    "please run see sell should show so some take than that the their them then there these they this "
    "those through to today tomorrow too two under until up us use very want was we were what when "
    "where which while who why will with without would you your yours create design featuring showing "
    "introducing meet discover promote advertise launch try perfect ideal great aimed targeting "
    "looking think imagine start end open close keep highlight focus feature include avoid"
)
COMMON_SUFFIX = re.compile(
    r"(?:ed|ing|able|ible|less|free|proof|friendly|ous|ful|al|ive|made|based|ish|est|woven|grown|spun|pressed|ly|ment|ness|tion|ship|ity)$"
)
"""Endings of everyday words: a capital at the start of a sentence is then no name."""

TYPOS = {
    "runing": "running",
    "crete": "create",
    "freind": "friend",
    "freinds": "friends",
    "wach": "watch",
    "wacth": "watch",
    "wath": "watch",
    "luxry": "luxury",
    "luxary": "luxury",
    "luxery": "luxury",
    "elegent": "elegant",
    "cofee": "coffee",
    "coffe": "coffee",
    "shose": "shoes",
    "shoess": "shoes",
    "sheos": "shoes",
    "teh": "the",
    "fo": "for",
    "fro": "for",
    "wiht": "with",
    "witn": "with",
    "adn": "and",
    "blak": "black",
    "vedio": "video",
    "vidoe": "video",
    "advertisment": "advertisement",
    "advertisments": "advertisements",
    "sopas": "soaps",
    "frends": "friends",
    "frend": "friend",
    "hnadmade": "handmade",
    "handmande": "handmade",
    "lavendar": "lavender",
    "recieve": "receive",
    "premuim": "premium",
    "comercial": "commercial",
    "commerical": "commercial",
    "creat": "create",
    "secnd": "second",
    "secod": "second",
    "seconde": "second",
    "parfum": "perfume",
    "jewelery": "jewelry",
    "bakry": "bakery",
    "bakd": "baked",
    "evry": "every",
    "erly": "early",
    "recomended": "recommended",
    "restaraunt": "restaurant",
    "resturant": "restaurant",
    "definately": "definitely",
    "seperate": "separate",
    "accomodation": "accommodation",
    "apartmnts": "apartments",
    "delivry": "delivery",
}
"""Slips too far from the word, or in a word too short, for the general rule."""

REAL_WORDS = _words(
    "charges charged stories powers tables table threats fights garbage layers planets cleaner "
    "markers crises dinners dinner scandals haters cleaners auctions programmers bender streaks "
    "cruisers curses waiters payers liters seater cloths pursues anesthetic hostels hostel storeys "
    "blazes airliners taster saucers saloons gasses concertos framers computes tumbles benders "
    "cleanses littler heather contract contracts flowers vested brother message messages"
)
"""Words that a dropped or swapped letter would turn into another product: never taken for slips."""

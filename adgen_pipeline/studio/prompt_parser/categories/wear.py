"""What is worn or carried."""

from adgen_pipeline.studio.prompt_parser.categories.category import Category, lines, nouns

WEAR = (
    Category(
        name="watch",
        motif="watch",
        nouns=nouns("watch smartwatch wristwatch timepiece chronograph clock watch_strap watch_band"),
        tone="luxury",
        palette=("#C9A227", "#0E0B08", "#F3E7C4"),
        details=("the dial and its hands", "the edge of the case and the crown", "the strap where it meets the case"),
        settings=("on dark polished stone", "on folded dark silk", "floating over a still black mirror"),
        hooks=lines(
            "Take your time|Take your time.|Every second of it.",
            "Time, up close|This is time, up close.|Look a little longer.",
            "This moment is yours|This moment is yours.|Wear it well.",
            "What is a second worth?|What is a second worth?|You decide.",
        ),
        benefits=lines(
            "Wear your time well|Wear your time well.|Minute after minute.",
            "Every glance counts|Make every glance count.|At the table. On the road. At your own pace.",
            "Give it a second look|Give it a second look.|Then give it a third.",
            "Hour by hour|From hour to hour, it stays with you.|Yours to wear. Yours to read.",
        ),
    ),
    Category(
        name="jewellery",
        motif="abstract",
        nouns=nouns(
            "jewelry jewellery ring necklace bracelet earring pendant brooch sunglasses sunglass glasses "
            "eyewear cufflink eyeglass contact_lens"
        ),
        tone="luxury",
        palette=("#D4AF6A", "#0D0B10", "#F7EEDC"),
        details=("one point of light on the edge", "the clasp and its curve", "a slow glint across the surface"),
        settings=("on black velvet", "on a sheet of dark glass", "in a single beam of light"),
        hooks=lines(
            "Catch the light|Catch the light.|There.",
            "Look closer|Look closer.|Closer than that.",
            "Say it without words|Say it without words.|They will understand.",
            "Who are you thinking of?|Who are you thinking of?|Thought so.",
        ),
        benefits=lines(
            "Wear it your way|Wear it your way.|With everything, or with nothing much.",
            "Give it a story|Give it a story.|Yours.",
            "Turn toward the light|Turn toward the light.|Then turn a few heads.",
            "For you, or for someone|For you, or for someone.|You know who.",
        ),
        mass=nouns("jewelry jewellery eyewear"),
    ),
    Category(
        name="clothing",
        motif="abstract",
        nouns=nouns(
            "clothes clothing dress gown shirt t-shirt tee jacket coat hoodie sweater jeans trousers pants "
            "leggings skirt suit sock hat cap scarf glove underwear swimwear swimsuit bikini activewear "
            "sportswear streetwear fashion apparel raincoat blazer pyjamas pajamas outfit jumper lingerie "
            "sari kimono beanie cardigan uniform vest"
        ),
        tone="bold",
        palette=("#D98A94", "#111014", "#F2ECE6"),
        details=("the weave of the fabric", "a seam in raking light", "cloth moving in slow air"),
        settings=("on a rail in an empty studio", "against a plain wall in hard light", "moving in a breeze at dusk"),
        hooks=lines(
            "Try it on|Go on. Try it on.|See who looks back.",
            "What will you wear?|What will you wear?|Good question.",
            "Get dressed for you|Get dressed for you.|Nobody else.",
            "Mirror, meet this|Mirror, meet this.|What do you think?",
        ),
        benefits=lines(
            "Wear it like you mean it|Wear it like you mean it.|Anywhere you like.",
            "Your look, your rules|Your look. Your rules.|Break them if you like.",
            "Move in it|Move in it.|Sit, stretch, dance.",
            "In, out, and about|In, out, and about.|See you there.",
        ),
        mass=nouns("clothing swimwear underwear activewear sportswear streetwear fashion apparel lingerie"),
    ),
    Category(
        name="shoe",
        motif="shoe",
        nouns=nouns(
            "shoe running_shoe sneaker trainer boot hiking_boot sandal heel loafer slipper moccasin flip-flop "
            "footwear cleat pump espadrille croc ballet_flat clog"
        ),
        tone="sport",
        palette=("#FF5A1F", "#0B0D12", "#F4F1EA"),
        details=("the weave and the laces", "the sole meeting the ground", "the curve of the heel"),
        settings=("on rough asphalt after rain", "in mid-air over dust and light", "on a concrete step"),
        hooks=lines(
            "Lace up|Lace up.|The door is open.",
            "Where to today?|Where to today?|Left foot first.",
            "One more step|One more step.|Then one more.",
            "The road is waiting|The road is waiting.|So what are you waiting for?",
        ),
        benefits=lines(
            "Find your stride|Find your stride.|Then keep it.",
            "Go your own way|Go your own way.|Turn left where others turn right.",
            "Step by step|Step by step by step.|That is how you get anywhere.",
            "Outside is calling|Outside is calling.|Answer on foot.",
        ),
        mass=nouns("footwear"),
    ),
    Category(
        name="bag",
        motif="bag",
        nouns=nouns(
            "bag handbag backpack rucksack tote suitcase luggage purse wallet briefcase satchel clutch duffel "
            "messenger_bag gym_bag laptop_bag golf_bag"
        ),
        tone="luxury",
        palette=("#B5713B", "#120D0A", "#EBD9C3"),
        details=("the stitching along the edge", "the clasp and its shine", "the grain of the surface"),
        settings=("on a stone plinth", "on a bench in an empty station", "hanging in soft side light"),
        hooks=lines(
            "Ready to go?|Ready to go?|Then let's go.",
            "Grab it and go|Grab it and go.|The rest can wait.",
            "What do you carry?|What do you carry?|Think it over.",
            "Out the door|Keys. Coat. Out the door.|Forgotten anything?",
        ),
        benefits=lines(
            "Pack your own way|Pack your own way.|Leave a little room for later.",
            "Here, there, back again|Here. There. Back again.|With you all the way.",
            "Carry on|Carry on.|Wherever on may be.",
            "On your shoulder, on your way|On your shoulder. On your way.|Where next?",
        ),
        mass=nouns("luggage"),
        drawn_as={"abstract": nouns("wallet")},
    ),
)

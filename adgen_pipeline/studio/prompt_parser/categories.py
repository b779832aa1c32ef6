"""What kinds of product the studio knows: how each is named, shown and spoken of.

A line is written `headline|spoken|spoken, if there is time`. Lines invite; they never claim anything about the
product, because the studio knows nothing of it but the brief.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """One thought: the words on screen, the words spoken, and more words if the scene has time."""

    shown: str
    spoken: str
    more: str = ""


def lines(*texts: str) -> tuple[Line, ...]:
    """Lines from their written form `headline|spoken|more`."""
    return tuple(Line(*text.split("|")) for text in texts)


@dataclass(frozen=True)
class Category:
    """One kind of product. `family` is the name the image service knows; `palette` is accent, ground and more."""

    name: str
    nouns: frozenset[str]
    tone: str
    palette: tuple[str, ...]
    details: tuple[str, ...]
    settings: tuple[str, ...]
    hooks: tuple[Line, ...]
    benefits: tuple[Line, ...]
    calls: tuple[str, ...] = ("Discover more", "Shop now", "See more")
    family: str = ""
    mass: frozenset[str] = field(default=frozenset())


def _nouns(text: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in text.split())


_ALL = (
    Category(
        name="watch",
        family="watch",
        nouns=_nouns("watch smartwatch wristwatch timepiece chronograph clock"),
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
        name="fragrance",
        family="bottle",
        nouns=_nouns("fragrance perfume cologne scent eau_de_parfum eau_de_toilette aftershave diffuser"),
        tone="luxury",
        palette=("#C98A6B", "#140B10", "#F2D9C6"),
        details=("light passing through the bottle", "the stopper and the neck", "a fine mist in the air"),
        settings=("on a mirror of dark glass", "among drifting petals", "behind thin moving silk"),
        hooks=lines(
            "Breathe in|Breathe in.|Now hold that thought.",
            "Close your eyes|Close your eyes.|What do you see?",
            "It begins with a breath|It begins with a breath.|And then it stays.",
            "Come a little closer|Come a little closer.|Closer still.",
        ),
        benefits=lines(
            "Leave a trace|Enter the room. Leave a trace.|The rest is up to you.",
            "Wear a memory|Wear it like a memory.|One of your own.",
            "Close enough to notice|Close enough to notice.|Close enough to remember.",
            "On skin, on air|On skin. On air.|On your mind.",
        ),
    ),
    Category(
        name="skincare",
        family="bottle",
        nouns=_nouns(
            "serum grooming_kit beard_oil moisturizer moisturiser cream face_cream lotion cleanser "
            "sunscreen skincare toner shampoo conditioner soap balm lipstick mascara foundation makeup "
            "cosmetics deodorant oil face_mask body_wash scrub bath_bomb"
        ),
        tone="calm",
        palette=("#D9A58F", "#1A1311", "#F6E7DE"),
        details=("a single drop about to fall", "the bottle's shoulder in soft light", "a ripple of clear water"),
        settings=("on wet pale stone", "beside still water", "on a shelf in window light"),
        hooks=lines(
            "Just you and the mirror|Just you and the mirror.|No rush.",
            "A minute for yourself|Take a minute for yourself.|Just the one.",
            "Start with your skin|Start with your skin.|Then the rest of the day.",
            "Pause here|Pause here.|This part is for you.",
        ),
        benefits=lines(
            "Your ritual, your rhythm|Your ritual. Your rhythm.|Day in, day out.",
            "One small moment|One small moment, all for you.|Then another, tomorrow.",
            "Make it your routine|Make it your routine.|Keep it simple. Keep it yours.",
            "Feel at home in it|Feel at home in your skin.|Wherever the day goes.",
        ),
        mass=_nouns("skincare sunscreen makeup cosmetics shampoo soap"),
    ),
    Category(
        name="drink",
        family="bottle",
        nouns=_nouns(
            "drink soda juice lemonade water beer lager ale ipa wine champagne whisky whiskey gin vodka "
            "rum tequila cider kombucha smoothie cocktail energy_drink sports_drink tea matcha matcha_tea "
            "milk oat_milk beverage spritz tonic seltzer prosecco mead sake mocktail ice_tea iced_tea "
            "hot_chocolate"
        ),
        tone="bold",
        palette=("#F2711C", "#120A06", "#FFD9A0"),
        details=("beads of cold water on the bottle", "bubbles rising past the label", "the first splash of a pour"),
        settings=("on a wet dark bar top", "in a burst of backlit spray", "on a sunlit terrace table"),
        hooks=lines(
            "Hear that pour?|Hear that pour?|You know what comes next.",
            "Thirsty yet?|Thirsty yet?|Good. Stay right there.",
            "First sip, coming up|First sip, coming up.|Find your glass.",
            "Raise your glass|Raise your glass.|Here is to now.",
        ),
        benefits=lines(
            "Sip. Pause. Repeat|Sip. Pause. Repeat.|There is no hurry.",
            "One for you, one to share|One for you. One to share.|Or two for you.",
            "Pour yourself a moment|Pour yourself a moment.|You choose how long it lasts.",
            "Call your friends|Call your friends, or don't.|It is your glass.",
        ),
        mass=_nouns(
            "soda juice lemonade water beer lager ale wine champagne whisky whiskey gin vodka rum tequila "
            "cider kombucha tea matcha matcha_tea milk oat_milk tonic prosecco mead sake iced_tea ice_tea "
            "hot_chocolate seltzer"
        ),
    ),
    Category(
        name="shoe",
        family="shoe",
        nouns=_nouns(
            "shoe running_shoe sneaker trainer boot hiking_boot sandal heel loafer slipper moccasin flip- "
            "flop footwear cleat pump espadrille"
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
        mass=_nouns("footwear"),
    ),
    Category(
        name="phone",
        nouns=_nouns("phone charger power_bank phone_case smartphone mobile_phone cellphone tablet iphone e-reader"),
        tone="tech",
        palette=("#3D7BFF", "#080B14", "#BFD4FF"),
        details=("light running along the frame", "the camera lenses", "the thin edge of the screen"),
        settings=("floating in deep blue space", "on a sheet of dark glass", "in an empty studio with one light"),
        hooks=lines(
            "Pick it up|Go on. Pick it up.|See what happens.",
            "The day, in your hand|The day, in your hand.|What will you do with it?",
            "Who will you call first?|Who will you call first?|Think about it.",
            "Swipe to begin|One swipe, and you begin.|Where to?",
        ),
        benefits=lines(
            "Say it. Share it. Keep it|Say it. Share it. Keep it.|All from your hand.",
            "Keep your people close|Keep your people close.|Even from far away.",
            "Your world, on your screen|Your world, on your screen.|Turn it any way you like.",
            "Hold on to the moment|Hold on to the moment.|Then hold it up.",
        ),
    ),
    Category(
        name="laptop",
        nouns=_nouns(
            "laptop computer notebook_computer pc desktop monitor keyboard chromebook macbook ultrabook printer"
        ),
        tone="tech",
        palette=("#35C2FF", "#070B12", "#C8ECFF"),
        details=("the keys in raking light", "the hinge as the lid opens", "the glow along the edge of the screen"),
        settings=("on a clean dark desk", "by a window at blue hour", "in an empty studio with one light"),
        hooks=lines(
            "Open it|Open it.|Now, where were we?",
            "What will you make?|What will you make?|Start anywhere.",
            "Blank page. Big idea|A blank page. A big idea.|Go.",
            "Ready when you are|Ready when you are.|Sit down. Start.",
        ),
        benefits=lines(
            "Think it. Type it. Send it|Think it. Type it. Send it.|Then think again.",
            "Work where you are|Work where you are.|Play there, too.",
            "Your ideas, wide open|Your ideas, wide open.|Right in front of you.",
            "Make room for the work|Make room for the work.|The kind you like.",
        ),
    ),
    Category(
        name="app",
        nouns=_nouns(
            "app application software platform website tool plugin saas dashboard game video_game chatbot "
            "assistant marketplace browser extension operating_system crm api newsletter podcast"
        ),
        tone="tech",
        palette=("#6C5CFF", "#0B0A18", "#C9C2FF"),
        details=("a clean screen waking up", "one finger about to tap", "cards sliding into place"),
        settings=(
            "on a phone floating in soft light",
            "on a screen in a calm room",
            "against a smooth field of colour",
        ),
        hooks=lines(
            "One tap. Then what?|One tap. Then what?|Let's find out.",
            "There is another way|There is another way.|Have a look.",
            "Tired of the long way?|Tired of the long way?|Look here.",
            "Start with one tap|Start with one tap.|See where it goes.",
        ),
        benefits=lines(
            "Tap. Done. Next|Tap. Done. Next.|And on with your day.",
            "Your day, your way|Your day, your way.|On your screen.",
            "Try it your way|Try it your way.|Change your mind. Try again.",
            "Get on with your day|Open it. Use it. Get on with your day.|That is the idea.",
        ),
        calls=("Learn more", "Discover more", "See how it works"),
        mass=_nouns("software saas"),
    ),
    Category(
        name="coffee",
        nouns=_nouns("coffee espresso latte cappuccino cold_brew coffee_bean roast coffee_maker coffee_machine cafe"),
        tone="warm",
        palette=("#C8803A", "#140C07", "#F1DEC4"),
        details=("steam curling from the cup", "a dark pour in slow motion", "crema turning at the rim"),
        settings=("on a worn wooden counter", "by a window in low light", "on dark slate with scattered beans"),
        hooks=lines(
            "First, coffee|First, coffee.|Then everything else.",
            "Smell that?|Smell that?|Follow it.",
            "Stop for a second|Stop for a second.|Find your cup.",
            "Wait for it|Wait for it.|There it is.",
        ),
        benefits=lines(
            "Pour. Breathe. Sip|Pour. Breathe. Sip.|In that order.",
            "Your cup, your way|Your cup, your way.|Black, white, or somewhere between.",
            "Stay for another|Stay for another.|The day can wait.",
            "Hold the cup. Hold the moment|Hold the cup. Hold the moment.|Now go.",
        ),
        mass=_nouns("coffee espresso cold_brew roast"),
    ),
    Category(
        name="headphones",
        nouns=_nouns(
            "headphone album song band vinyl earbud earphone headset speaker soundbar turntable "
            "microphone record_player airpod"
        ),
        tone="tech",
        palette=("#8A5CFF", "#0A0812", "#D7C8FF"),
        details=("the grain of the ear cushion", "light sliding along the band", "the fine mesh up close"),
        settings=("floating in violet haze", "on a stand in a dark studio", "against slow waves of light"),
        hooks=lines(
            "Press play|Press play.|Now listen.",
            "Hear that?|Hear that?|Listen again.",
            "What are you listening to?|What are you listening to?|Turn it up a little.",
            "First note. Go|First note. Go.|Let the room fade.",
        ),
        benefits=lines(
            "Your song. Your space|Your song. Your space.|Stay as long as you like.",
            "Play it again|Play it again.|And once more for the chorus.",
            "Just listen|Just listen.|To all of it.",
            "Make the room yours|Make the room yours.|Track by track.",
        ),
    ),
    Category(
        name="car",
        nouns=_nouns(
            "car suv sedan truck pickup van vehicle ev motorcycle motorbike scooter convertible hatchback campervan"
        ),
        tone="bold",
        palette=("#D7263D", "#0A0B0E", "#E8E9EC"),
        details=("light running along the shoulder line", "the headlamp waking up", "the wheel and the wet road"),
        settings=("on an empty coastal road at dusk", "in a dark hall under one strip of light", "on wet city asphalt"),
        hooks=lines(
            "Take the long way|Take the long way.|Just because.",
            "Where would you go?|Where would you go?|Say it out loud.",
            "Keys. Door. Drive|Keys. Door. Drive.|In that order.",
            "The road, and you|The road, and you.|Nothing else on the list.",
        ),
        benefits=lines(
            "Find another corner|Find another corner.|And another after that.",
            "Go and see|Go and see.|It is right over that hill.",
            "Your seat is waiting|Your seat is waiting.|Get in.",
            "Turn the day around|Turn the day around.|Head for the horizon.",
        ),
        calls=("Discover more", "Learn more", "See more"),
    ),
    Category(
        name="food",
        nouns=_nouns(
            "food burger pizza sandwich taco burrito sushi noodle pasta sauce hot_sauce chocolate "
            "chocolate_bar cookie biscuit cake cupcake bread bagel croissant pastry ice_cream gelato "
            "yogurt cheese snack granola cereal protein_bar bar crisp chip popcorn candy sweets meal "
            "meal_kit salad soup steak chicken rib fries honey jam olive_oil spice restaurant bakery "
            "diner pizzeria deli food_truck gummy doughnut donut pancake waffle nut curry ramen sourdough "
            "brunch menu bistro"
        ),
        tone="warm",
        palette=("#E4572E", "#140906", "#FFE0B2"),
        details=("the texture up close", "a slow drizzle catching the light", "the first piece being lifted"),
        settings=("on a rustic dark table", "in a drift of steam and warm light", "on slate among its ingredients"),
        hooks=lines(
            "Hungry?|Hungry?|Thought so.",
            "Save room for this|Save room for this.|Seriously.",
            "What's for you today?|What's for you today?|Look here first.",
            "Come to the table|Come to the table.|There is a seat for you.",
        ),
        benefits=lines(
            "Taste. Smile. Repeat|Taste. Smile. Repeat.|You know how this goes.",
            "Bring your appetite|Bring your appetite.|Bring a friend, if you must share.",
            "Take it slow|Take it slow.|One taste at a time.",
            "Pass it around|Pass it around.|Or keep it to yourself.",
        ),
        calls=("Discover more", "See more", "Find out more"),
        mass=_nouns(
            "food pizza sushi pasta sauce hot_sauce chocolate bread ice_cream gelato yogurt yoghurt "
            "cheese granola cereal popcorn candy soup honey jam olive_oil sourdough ramen brunch curry"
        ),
    ),
    Category(
        name="bag",
        nouns=_nouns(
            "bag handbag backpack rucksack tote suitcase luggage purse wallet briefcase satchel clutch "
            "duffel messenger_bag"
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
        mass=_nouns("luggage"),
    ),
    Category(
        name="book",
        nouns=_nouns(
            "book novel cookbook thriller memoir audiobook magazine comic ebook journal notebook planner "
            "storybook anthology"
        ),
        tone="calm",
        palette=("#B0413E", "#12100E", "#EFE3CC"),
        details=("the spine and the edges of the pages", "a page about to turn", "the cover in lamp light"),
        settings=(
            "on a reading table under a lamp",
            "on a window seat in soft light",
            "in a pool of light in the dark",
        ),
        hooks=lines(
            "Turn the page|Turn the page.|Just one.",
            "One more chapter|One more chapter.|Then sleep. Maybe.",
            "Open anywhere|Open it anywhere.|Start reading.",
            "Leave the light on|Leave the light on.|You may be a while.",
        ),
        benefits=lines(
            "Get lost in it|Get lost in it.|Nobody needs to find you yet.",
            "Your chair is waiting|Your chair is waiting.|So is the next page.",
            "Read it your way|Read it your way.|Slowly. Or all at once.",
            "Page after page|Page after page after page.|What happens next?",
        ),
    ),
    Category(
        name="jewellery",
        nouns=_nouns(
            "jewelry jewellery ring necklace bracelet earring pendant brooch sunglasses sunglass glasses "
            "eyewear cufflink"
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
        mass=_nouns("jewelry jewellery eyewear"),
    ),
    Category(
        name="clothing",
        nouns=_nouns(
            "clothes clothing dress gown shirt t-shirt tee jacket coat hoodie sweater jeans trousers pants "
            "leggings skirt suit sock hat cap scarf glove underwear swimwear swimsuit bikini activewear "
            "sportswear streetwear fashion apparel raincoat blazer pyjamas pajamas outfit jumper lingerie"
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
        mass=_nouns("clothing swimwear underwear activewear sportswear streetwear fashion apparel lingerie"),
    ),
    Category(
        name="home",
        nouns=_nouns(
            "candle sofa couch chair table desk bed mattress pillow blanket rug lamp light_bulb vase mug "
            "furniture plant curtain vacuum vacuum_cleaner blender kettle toaster oven air_fryer "
            "air_purifier heater fan knife pan pot cookware towel sheet duvet stroller pram crib doorbell "
            "thermostat lock camera_system shelf wardrobe mirror frame toothbrush razor hairdryer "
            "tire tyre detergent cleaner washing_machine fridge dishwasher grill tent water_bottle lunchbox "
            "umbrella tumbler flask pen air_conditioner bulb tool_set drill"
        ),
        tone="warm",
        palette=("#D98E4A", "#14100C", "#F0E2CF"),
        details=("the texture of the surface", "one edge in low warm light", "a slow glow in the dark"),
        settings=(
            "in a quiet room in evening light",
            "on a wooden shelf by a window",
            "on a plain table in soft light",
        ),
        hooks=lines(
            "Come on in|Come on in.|Make yourself at home.",
            "Home, right about now|Home. Right about now.|That is the feeling.",
            "Look around you|Look around you.|What is missing?",
            "Every day, up close|Every day, up close.|Look what you find.",
        ),
        benefits=lines(
            "Find it a place|Find it a place.|Then find a reason to use it.",
            "Make it part of your day|Make it part of your day.|The small part you look forward to.",
            "At home with you|At home with you.|Where else?",
            "Settle in|Settle in.|The rest of the world can wait.",
        ),
        mass=_nouns("furniture cookware detergent"),
    ),
    Category(
        name="fitness",
        nouns=_nouns(
            "gym bike bicycle e-bike treadmill dumbbell kettlebell yoga_mat mat racket skateboard "
            "surfboard ski snowboard protein_powder protein supplement helmet rowing_machine golf_club"
        ),
        tone="sport",
        palette=("#C6F432", "#0B0E0A", "#F1F5E4"),
        details=("the grip up close", "dust and light in the air", "a line of light along the frame"),
        settings=("in an empty gym at dawn light", "on an open road", "on a dark floor under one lamp"),
        hooks=lines(
            "Ready?|Ready?|On your own count.",
            "Your move|Your move.|Make it.",
            "Just start|Just start.|The rest follows.",
            "One more|One more.|You said that before. Say it again.",
        ),
        benefits=lines(
            "Your pace. Your place|Your pace. Your place.|Your rules.",
            "Show up for yourself|Show up for yourself.|Today, and the day after.",
            "Move how you like|Move how you like.|Just move.",
            "Keep going|Keep going.|A little further than yesterday.",
        ),
        mass=_nouns("protein protein_powder"),
    ),
    Category(
        name="camera",
        nouns=_nouns("camera drone lens webcam telescope projector camcorder binoculars tripod television smart_tv"),
        tone="tech",
        palette=("#F2A33A", "#0A0A0C", "#FFE3B8"),
        details=("rings of light inside the lens", "the dial and its ridges", "the body in low side light"),
        settings=("on a rock above a valley of mist", "on a dark table under one lamp", "in a studio haze"),
        hooks=lines(
            "Look up|Look up.|Now look again.",
            "Hold still|Hold still.|Got it?",
            "What do you see?|What do you see?|Show us.",
            "Frame it|Frame it.|Wait for the light.",
        ),
        benefits=lines(
            "Find your angle|Find your angle.|Then find another.",
            "See it your way|See it your way.|Show it that way, too.",
            "Keep the moment|Keep the moment.|It will not come twice.",
            "Point. Breathe. Shoot|Point. Breathe. Shoot.|And again.",
        ),
    ),
    Category(
        name="toy",
        nouns=_nouns(
            "toy doll puzzle board_game lego teddy teddy_bear action_figure plushie playset card_game robot kite"
        ),
        tone="playful",
        palette=("#FFB020", "#1B1030", "#7FD8FF"),
        details=("bright colours up close", "a small face looking back", "pieces tumbling into place"),
        settings=("on a playroom floor full of light", "in a world of paper clouds", "on a bright tabletop"),
        hooks=lines(
            "Want to play?|Want to play?|You go first.",
            "Ready, steady...|Ready, steady...|Play!",
            "Psst. Over here|Psst. Over here.|Yes, you.",
            "Once upon a playtime|Once upon a playtime.|How does yours begin?",
        ),
        benefits=lines(
            "Make up the rules|Make up the rules.|Then break them.",
            "Again! Again!|Again! Again!|And one last time.",
            "Big kids welcome|Big kids welcome.|You know who you are.",
            "What happens next?|What happens next?|That is up to you.",
        ),
    ),
    Category(
        name="pet",
        nouns=_nouns(
            "dog_food cat_food pet_food dog_bed leash collar dog_toy cat_tree litter treats dog_treat "
            "kibble aquarium pet"
        ),
        tone="playful",
        palette=("#FF9F45", "#17110B", "#FFE9CF"),
        details=("a curious nose at the edge of the frame", "the texture up close", "a tail blurring past"),
        settings=("on a sunny kitchen floor", "on a lawn in low sun", "in a soft basket by the window"),
        hooks=lines(
            "Who's a good one?|Who's a good one?|You know who.",
            "Here, boy. Here, girl|Here, boy. Here, girl.|Come and see.",
            "Ears up|Ears up.|Something's coming.",
            "Look at that face|Look at that face.|How could you say no?",
        ),
        benefits=lines(
            "Tails up|Tails up.|And off we go.",
            "For the one at the door|For the one at the door.|Waiting for you.",
            "Sit. Stay. Smile|Sit. Stay. Smile.|Now run.",
            "Say yes to that face|Say yes to that face.|Just this once. Again.",
        ),
        mass=_nouns("dog_food cat_food pet_food kibble litter"),
    ),
    Category(
        name="travel",
        nouns=_nouns(
            "hotel resort hostel villa cruise flight airline tour holiday vacation trip retreat spa "
            "safari getaway island airbnb cabin campsite lodge"
        ),
        tone="calm",
        palette=("#1FA6A0", "#07161A", "#FBE8C8"),
        details=("light moving on water", "an open door and a bright view", "sand and shadow up close"),
        settings=("above a quiet bay at sunrise", "on a terrace facing the horizon", "along a road between hills"),
        hooks=lines(
            "Are we there yet?|Are we there yet?|Almost.",
            "Picture yourself there|Picture yourself there.|Stay a minute.",
            "Somewhere else, soon|Somewhere else. Soon.|Where is up to you.",
            "Pack a bag|Pack a bag.|Then close the door behind you.",
        ),
        benefits=lines(
            "Arrive. Breathe. Stay|Arrive. Breathe. Stay.|Longer than you planned.",
            "Lose track of the days|Lose track of the days.|Nobody is counting.",
            "Wake up somewhere else|Wake up somewhere else.|Open the curtains.",
            "The view is waiting|The view is waiting.|So go.",
        ),
        calls=("Learn more", "Discover more", "Plan your stay"),
    ),
    Category(
        name="event",
        nouns=_nouns(
            "festival sale charity_run fun_run race concert conference workshop webinar exhibition show "
            "fair meetup marathon party gala market summit opera musical play"
        ),
        tone="bold",
        palette=("#FF3D7F", "#0E0714", "#FFD1E3"),
        details=("light sweeping over a stage", "hands in the air", "a curtain about to rise"),
        settings=("under moving stage lights", "in a hall before the doors open", "in a field of coloured light"),
        hooks=lines(
            "Save the date|Save the date.|And tell somebody.",
            "It's almost time|It's almost time.|Find your place.",
            "Who are you bringing?|Who are you bringing?|Ask them now.",
            "Be there|Be there.|And bring somebody along.",
        ),
        benefits=lines(
            "Come as you are|Come as you are.|Leave with a story.",
            "See you there?|See you there?|We hope so.",
            "Find your people|Find your people.|They are looking for you, too.",
            "Stay to the end|Stay to the very end.|You know you want to.",
        ),
        calls=("Learn more", "Find out more", "See the details"),
    ),
    Category(
        name="course",
        nouns=_nouns(
            "course class lesson bootcamp school university training tutoring academy degree coaching "
            "program programme masterclass college nursery"
        ),
        tone="clean",
        palette=("#2F80ED", "#0A101C", "#DCEBFF"),
        details=("a pencil touching paper", "a page filling with notes", "a light coming on over a desk"),
        settings=("in a bright quiet room", "at a desk by a tall window", "on a table of open notebooks"),
        hooks=lines(
            "What would you learn?|What would you learn?|Say it out loud.",
            "Never too late|It is not too late.|Start here.",
            "Ask a question|Ask a question.|Then ask the next one.",
            "Day one|Every skill has a day one.|Why not this one?",
        ),
        benefits=lines(
            "Start where you are|Start where you are.|Go on from there.",
            "One step, then the next|One step, then the next.|That is all it takes to begin.",
            "Surprise yourself|Surprise yourself.|A little every week.",
            "Practise. Pause. Repeat|Practise. Pause. Repeat.|At your own speed.",
        ),
        calls=("Learn more", "Find out more", "See the details"),
        mass=_nouns("tutoring coaching training"),
    ),
    Category(
        name="service",
        nouns=_nouns(
            "service clinic salon barber barbershop agency studio insurance bank loan mortgage plumber "
            "plumbing electrician cleaning repair consultancy consulting lawyer law_firm accountant "
            "accounting dentist dental_practice practice therapy therapist physio physiotherapy massage "
            "business company startup shop store charity hospital pharmacy daycare garage estate_agent "
            "realtor broker hosting broadband internet credit_card card nonprofit landscaping catering "
            "photography car_wash grooming_van grooming_service wedding_planner moving_company removals"
        ),
        tone="clean",
        palette=("#1F8A70", "#08120F", "#D8F0E6"),
        details=("a door opening into light", "two hands meeting", "a note being written by hand"),
        settings=("in a bright welcoming room", "at a tidy counter by a window", "on a quiet street in soft light"),
        hooks=lines(
            "Need a hand?|Need a hand?|Good. You are in the right place.",
            "Where do you start?|Where do you start?|Right here.",
            "Let's talk|Let's talk.|Tell us what you need.",
            "It starts with hello|It starts with hello.|So, hello.",
        ),
        benefits=lines(
            "Ask us anything|Ask us anything.|That is what we are here for.",
            "Tell us what you need|Tell us what you need.|Then we can begin.",
            "Take it off your list|Take it off your list.|And get back to your day.",
            "Let's begin|Let's begin.|When would suit you?",
        ),
        calls=("Learn more", "Find out more", "Get in touch"),
        mass=_nouns(
            "insurance plumbing cleaning repair consulting accounting therapy physiotherapy massage "
            "delivery hosting broadband internet landscaping catering photography physio removals"
        ),
    ),
)

UNKNOWN = Category(
    name="product",
    nouns=frozenset(),
    tone="clean",
    palette=("#E0A43A", "#0D0F14", "#F4EBDA"),
    details=("its outline in one line of light", "its surface up close", "an edge turning into the light"),
    settings=("on a plain plinth in a dark studio", "in a soft pool of light", "floating against a smooth backdrop"),
    hooks=lines(
        "Look closer|Look closer.|There is more to see.",
        "Here's something for you|Here's something for you.|Take a look.",
        "Have you seen this?|Have you seen this?|Look again.",
        "Stop right here|Stop right here.|Just for a moment.",
    ),
    benefits=lines(
        "See it for yourself|See it for yourself.|Then decide.",
        "Make it yours|Make it yours.|Your way.",
        "Over to you|Over to you.|What will you do with it?",
        "Why not today?|Why not today?|You have looked this long.",
    ),
    calls=("Discover more", "Learn more", "See more"),
)

CATEGORIES = {category.name: category for category in (*_ALL, UNKNOWN)}
NOUNS = {noun: category for category in _ALL for noun in category.nouns}
"""Every known noun, singular, to its category; two-word nouns with a space."""

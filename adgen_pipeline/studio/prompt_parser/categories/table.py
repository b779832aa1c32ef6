"""What is eaten and drunk."""

from adgen_pipeline.studio.prompt_parser.categories.category import Category, lines, nouns

TABLE = (
    Category(
        name="drink",
        motif="drink",
        nouns=nouns(
            "drink soda juice lemonade water beer lager ale ipa wine champagne whisky whiskey gin vodka rum "
            "tequila cider kombucha smoothie cocktail energy_drink sports_drink tea matcha matcha_tea milk "
            "oat_milk beverage spritz tonic seltzer prosecco mead sake mocktail ice_tea iced_tea "
            "hot_chocolate protein_shake tea_bag wine_bar cocktail_bar smoothie_bar water_cooler winery "
            "brewery brewpub bar pub"
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
            "Sip. Pause. Repeat|Sip. Pause. Repeat.|The glass will wait.",
            "One for you, one to share|One for you. One to share.|Or keep both.",
            "Clink|Clink.|You first.",
            "Pour yourself a moment|Pour yourself a moment.|You choose how long it lasts.",
            "Call your friends|Call your friends, or don't.|It is your glass.",
        ),
        mass=nouns(
            "soda juice lemonade water beer lager ale wine champagne whisky whiskey gin vodka rum tequila "
            "cider kombucha tea matcha matcha_tea milk oat_milk tonic prosecco mead sake iced_tea ice_tea "
            "hot_chocolate seltzer"
        ),
        drawn_as={"coffee": nouns("tea matcha matcha_tea hot_chocolate tea_bag")},
    ),
    Category(
        name="coffee",
        motif="coffee",
        nouns=nouns(
            "coffee espresso latte cappuccino cold_brew coffee_bean roast coffee_maker coffee_machine cafe "
            "coffee_shop coffee_house coffee_subscription flat_white frappe americano macchiato"
        ),
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
        mass=nouns("coffee espresso cold_brew roast"),
    ),
    Category(
        name="food",
        motif="food",
        nouns=nouns(
            "food burger pizza sandwich taco burrito sushi noodle pasta sauce hot_sauce chocolate "
            "chocolate_bar cookie biscuit cake cupcake bread bagel croissant pastry ice_cream gelato yogurt "
            "cheese snack granola cereal protein_bar crisp chip popcorn candy sweets meal meal_kit salad soup "
            "steak chicken rib fries honey jam olive_oil spice restaurant buffet bakery diner pizzeria deli "
            "food_truck gummy doughnut donut pancake waffle nut curry ramen sourdough brunch menu bistro "
            "protein_bar snack_bar baby_food cracker oatmeal porridge egg fish seafood fruit vegetable "
            "veg_box vegetable_box avocado dumpling pie tart muffin brownie cheesecake kebab tofu pierogi "
            "honey_jar sausage cheese_board granola_bar cereal_bar energy_bar candy_bar muesli breakfast "
            "breakfast_bowl salad_bowl poke_bowl acai_bowl porridge_pot hamburger cheeseburger panini dessert "
            "macaron patisserie creperie"
        ),
        tone="warm",
        palette=("#E4572E", "#140906", "#FFE0B2"),
        details=("the texture up close", "a slow drizzle catching the light", "the first piece being lifted"),
        settings=("on a rustic dark table", "in a drift of steam and warm light", "on slate among its ingredients"),
        hooks=lines(
            "Hungry?|Hungry?|Thought so.",
            "Leave room for this|Leave room for this.|Seriously.",
            "What's for you today?|What's for you today?|Look here first.",
            "Come to the table|Come to the table.|There is a seat for you.",
        ),
        benefits=lines(
            "Taste. Smile. Repeat|Taste. Smile. Repeat.|You know how this goes.",
            "Bring your appetite|Bring your appetite.|Bring a friend, if you must share.",
            "One more bite|One more bite.|And one after that.",
            "Set the table|Set the table.|Or skip it.",
            "Take it slow|Take it slow.|One taste at a time.",
            "Pass it around|Pass it around.|Or keep it to yourself.",
        ),
        calls=("Have a look", "See more", "Find out more"),
        mass=nouns(
            "food pizza sushi pasta sauce hot_sauce chocolate bread ice_cream gelato yogurt yoghurt "
            "cheese granola muesli porridge oatmeal cereal popcorn candy soup honey jam "
            "olive_oil sourdough ramen brunch curry"
        ),
    ),
)

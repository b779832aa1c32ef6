"""What one lives with."""

from adgen_pipeline.studio.prompt_parser.categories.category import Category, lines, nouns

LIVING = (
    Category(
        name="car",
        motif="car",
        nouns=nouns(
            "car suv sedan truck pickup van vehicle ev motorcycle motorbike scooter convertible hatchback "
            "campervan car_charger ev_charger tyre tire tractor lorry taxi limousine roadster minivan"
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
        calls=("Take a closer look", "Learn more", "See more"),
        drawn_as={"abstract": nouns("motorcycle motorbike scooter ev_charger car_charger tractor tyre tire")},
    ),
    Category(
        name="home",
        motif="abstract",
        nouns=nouns(
            "candle sofa couch chair table desk bed mattress pillow blanket rug lamp light_bulb vase mug "
            "furniture plant curtain vacuum vacuum_cleaner blender kettle toaster oven air_fryer air_purifier "
            "heater fan knife pan pot cookware towel sheet duvet stroller pram crib doorbell thermostat lock "
            "camera_system shelf wardrobe mirror frame toothbrush razor hairdryer detergent cleaner "
            "washing_machine fridge dishwasher grill tent water_bottle lunchbox umbrella tumbler flask pen "
            "air_conditioner bulb tool_set drill lawn_mower robot_mower chainsaw pressure_washer hair_dryer "
            "hairdryer paint wall_paint diaper nappy solar_panel heat_pump motor_oil sleeping_bag "
            "coffee_table water_filter garden_shear shear screwdriver hammer ladder bookcase cushion "
            "clock_radio flower bouquet houseplant bathtub carpet wallpaper cutlery crockery stove fireplace "
            "hot_tub cleaning_spray cleaning_cloth led_light string_light fairy_light neon_sign air_purifier"
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
            "Which corner is it for?|Which corner is it for?|You will know.",
            "Ring the bell|Ring the bell.|Somebody is home.",
            "Look around you|Look around you.|What is missing?",
            "Every day, up close|Every day, up close.|Look what you find.",
        ),
        benefits=lines(
            "Find it a place|Find it a place.|Then find a reason to use it.",
            "Make it part of your day|Make it part of your day.|The small part you look forward to.",
            "At home with you|At home with you.|Where else?",
            "Live with it a while|Live with it a while.|Then decide where it stands.",
            "Put it where you like|Put it where you like.|Move it tomorrow.",
            "Close the door. Breathe|Close the door. Breathe.|You are home.",
            "Settle in|Settle in.|The rest of the world can wait.",
        ),
        mass=nouns("furniture cookware detergent paint wall_paint motor_oil cutlery crockery wallpaper"),
        drawn_as={"drink": nouns("water_bottle tumbler flask"), "coffee": nouns("mug")},
    ),
    Category(
        name="book",
        motif="book",
        nouns=nouns(
            "book novel cookbook thriller memoir audiobook magazine comic ebook journal notebook planner "
            "storybook anthology newspaper book_club bookshop bookstore comic_book graphic_novel picture_book "
            "photo_book poetry atlas encyclopaedia encyclopedia dictionary"
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
        name="toy",
        motif="abstract",
        nouns=nouns(
            "toy doll puzzle board_game lego teddy teddy_bear action_figure plushie playset card_game robot "
            "kite toy_car toy_train train_set rocking_horse doll_house dollhouse jigsaw building_block"
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
        motif="abstract",
        nouns=nouns(
            "dog_food cat_food pet_food dog_bed leash collar dog_toy cat_tree litter treats dog_treat kibble "
            "aquarium pet bird_seed cat_litter dog_collar hamster_cage fish_tank"
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
            "Tails up|Tails up.|And away we go.",
            "For the one at the door|For the one at the door.|Waiting for you.",
            "Sit. Stay. Smile|Sit. Stay. Smile.|Now run.",
            "Say yes to that face|Say yes to that face.|Just this once. Again.",
        ),
        mass=nouns("dog_food cat_food pet_food kibble litter"),
    ),
)

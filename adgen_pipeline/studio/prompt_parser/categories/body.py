"""What is good for the body, or meant to be."""

from adgen_pipeline.studio.prompt_parser.categories.category import Category, lines, nouns

BODY = (
    Category(
        name="fragrance",
        motif="bottle",
        nouns=nouns("fragrance perfume cologne scent eau_de_parfum eau_de_toilette aftershave diffuser"),
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
        motif="jar",
        nouns=nouns(
            "serum grooming_kit beard_oil moisturizer moisturiser cream face_cream lotion cleanser sunscreen "
            "skincare toner shampoo conditioner soap balm lipstick mascara foundation makeup cosmetics "
            "deodorant oil face_mask body_wash scrub bath_bomb shampoo_bar face_wash hand_soap toothpaste "
            "nail_polish mouthwash hand_cream eye_cream cosmetic sun_cream shower_gel essential_oil "
            "body_butter"
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
            "Morning. Evening. You|Morning. Evening. You.|In any order.",
            "Close the door for a minute|Close the door for a minute.|It is yours.",
            "One small moment|One small moment, all for you.|Then another, tomorrow.",
            "Make it your routine|Make it your routine.|Keep it simple. Keep it yours.",
            "Feel at home in it|Feel at home in your skin.|Wherever the day goes.",
        ),
        mass=nouns("skincare sunscreen makeup cosmetics shampoo soap toothpaste nail_polish shower_gel"),
        drawn_as={"abstract": nouns("lipstick mascara grooming_kit nail_polish toothpaste mouthwash")},
    ),
    Category(
        name="fitness",
        motif="abstract",
        nouns=nouns(
            "gym bike bicycle e-bike treadmill dumbbell kettlebell yoga_mat mat racket skateboard surfboard "
            "ski snowboard protein_powder protein supplement helmet rowing_machine golf_club vitamin collagen "
            "collagen_powder fishing_rod ski punching_bag football basketball tennis_racket golf_ball "
            "paddleboard kayak gym_membership fitness_membership membership skis"
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
        mass=nouns("protein protein_powder"),
        drawn_as={"service": nouns("gym gym_membership fitness_membership membership")},
    ),
)

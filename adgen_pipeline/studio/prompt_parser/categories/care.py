"""What one entrusts to others: health, a farewell, a home, a cause, one's work."""

from adgen_pipeline.studio.prompt_parser.categories.category import Category, lines, nouns

CARE = (
    Category(
        name="health",
        motif="service",
        nouns=nouns(
            "clinic dentist dental_practice dental_clinic practice therapy therapist physio physiotherapy massage "
            "hospital pharmacy optician vet veterinarian care_home nursing_home orthodontist chiropractor osteopath "
            "psychologist midwife hospice teeth_whitening counselling eye_test hearing_test"
        ),
        tone="calm",
        palette=("#1B7F8C", "#0A1618", "#E6F3F3"),
        details=("a door opening into light", "two hands meeting", "a glass of water in the sun"),
        settings=("in a bright welcoming room", "by a tall window in the morning", "in a quiet white room"),
        hooks=lines(
            "Take a seat|Take a seat.|No need to rush.",
            "How are you?|How are you?|Take your time with the answer.",
            "One small step|One small step.|That is all for today.",
            "A moment for you|A moment for you.|It is your turn.",
        ),
        benefits=lines(
            "Ask us anything|Ask us anything.|That is what we are here for.",
            "Tell us how you are|Tell us how you are.|Start wherever you like.",
            "Look after yourself|Look after yourself.|Start with one visit.",
            "When would suit you?|When would suit you?|Tell us.",
        ),
        calls=("Book a visit", "Get in touch", "Find out more"),
        mass=nouns("therapy physiotherapy massage physio counselling"),
        light=True,
    ),
    Category(
        name="farewell",
        motif="service",
        nouns=nouns("funeral_home funeral_director funeral_service funeral funeral_plan undertaker memorial cemetery"),
        tone="calm",
        palette=("#8C8373", "#12110F", "#EFEBE3"),
        details=("a candle in a still room", "light on a quiet path", "a hand on a shoulder"),
        settings=("in a quiet room in soft light", "under old trees", "by a tall window"),
        hooks=lines(
            "Take your time|Take your time.",
            "One thing at a time|One thing at a time.",
            "A quiet word|A quiet word.",
            "When you are ready|When you are ready.",
        ),
        benefits=lines(
            "Tell us about them|Tell us about them.|We are listening.",
            "Ask us anything|Ask us anything.|Whenever you like.",
            "Sit with us|Sit with us.|As long as you like.",
            "One call|One call.|Then one step after the other.",
        ),
        calls=("Talk to us", "Get in touch", "Call us"),
        light=True,
    ),
    Category(
        name="property",
        motif="service",
        nouns=nouns("apartment condo property real_estate estate_agent realtor penthouse flat townhouse villa_estate"),
        tone="clean",
        palette=("#B0653A", "#15100C", "#F6EDE3"),
        details=("a key turning", "light moving over a floor", "an open window"),
        settings=("in an empty sunny room", "on a balcony in the morning", "at a door left open"),
        hooks=lines(
            "Come on in|Come on in.|Look around.",
            "Picture your morning|Picture your morning.|Where is the table?",
            "Where would you sit?|Where would you sit?|By the window?",
            "Which key is yours?|Which key is yours?|Try one.",
        ),
        benefits=lines(
            "Walk through it|Walk through it.|Room by room.",
            "Bring a tape measure|Bring a tape measure.|And an idea.",
            "Open a window|Open a window.|Listen.",
            "See it for yourself|See it for yourself.|Then sleep on it.",
        ),
        calls=("Arrange a viewing", "Learn more", "Get in touch"),
        mass=nouns("real_estate"),
        light=True,
    ),
    Category(
        name="cause",
        motif="service",
        nouns=nouns(
            "charity nonprofit non-profit foundation fundraiser appeal animal_shelter food_bank blood_donation"
        ),
        tone="warm",
        palette=("#C8553D", "#160D0A", "#FAEEE4"),
        details=("two hands meeting", "water poured into a cup", "a face turning to the light"),
        settings=("in early morning light", "on a path between fields", "in a room full of people"),
        hooks=lines(
            "It starts with one|It starts with one.|It could be you.",
            "Picture this|Picture this.|Then picture it otherwise.",
            "A small thing|A small thing.|From you.",
            "Who will?|Who will?|You could.",
        ),
        benefits=lines(
            "Be part of it|Be part of it.|You are welcome here.",
            "Pass it on|Pass it on.|To somebody you have never met.",
            "Begin with a little|Begin with a little.|It is a beginning.",
            "Stand with us|Stand with us.|There is room.",
        ),
        calls=("Find out more", "Be part of it", "Get involved"),
        light=True,
    ),
    Category(
        name="work",
        motif="service",
        nouns=nouns("job vacancy apprenticeship internship career traineeship job_fair"),
        tone="clean",
        palette=("#2F6FED", "#0A101C", "#E6EEFC"),
        details=("a door opening into light", "two hands meeting", "a name on a locker"),
        settings=("in a bright welcoming room", "at a table with an empty chair", "on the way in, early in the day"),
        hooks=lines(
            "Where to next?|Where to next?|Here, perhaps.",
            "Your turn?|Your turn?|Think about it.",
            "Monday morning|Monday morning.|Picture it.",
            "Is it you?|Is it you?|Let us know.",
        ),
        benefits=lines(
            "Come and meet us|Come and meet us.|Ask what you like.",
            "Tell us about you|Tell us about you.|We will listen.",
            "Picture your first day|Picture your first day.|Then make it happen.",
            "Bring yourself|Bring yourself.|As you are.",
        ),
        calls=("Apply now", "Get in touch", "Find out more"),
        light=True,
    ),
)

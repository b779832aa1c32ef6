"""What has no object to show."""

from adgen_pipeline.studio.prompt_parser.categories.category import Category, lines, nouns

SERVICES = (
    Category(
        name="travel",
        motif="service",
        nouns=nouns(
            "hotel resort hostel villa cruise flight airline tour holiday vacation trip retreat spa safari "
            "getaway island airbnb cabin campsite lodge city_break road_trip bed_and_breakfast guesthouse "
            "ferry train_ride"
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
        calls=("Learn more", "Find out more", "Plan your stay"),
    ),
    Category(
        name="event",
        motif="service",
        nouns=nouns(
            "festival sale charity_run fun_run race concert conference workshop webinar exhibition show fair "
            "meetup marathon party gala market summit opera musical play museum gallery theatre "
            "football_match tournament comedy_night theme_park zoo circus charity_gala "
            "food_festival live_show open_day"
        ),
        tone="bold",
        palette=("#FF3D7F", "#0E0714", "#FFD1E3"),
        details=("light sweeping over a stage", "hands in the air", "a curtain about to rise"),
        settings=("under moving stage lights", "in a hall before the doors open", "in a field of coloured light"),
        hooks=lines(
            "Mark the day|Mark the day.|And tell somebody.",
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
        motif="service",
        nouns=nouns(
            "course class lesson bootcamp school university training tutoring academy degree coaching program "
            "programme masterclass college nursery summer_camp kindergarten preschool driving_lesson "
            "swimming_lesson riding_lesson"
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
        mass=nouns("tutoring coaching training"),
        light=True,
    ),
    Category(
        name="service",
        motif="service",
        nouns=nouns(
            "service salon barber barbershop agency studio insurance bank loan mortgage plumber "
            "plumbing electrician cleaning repair consultancy consulting lawyer law_firm accountant "
            "accounting "
            "business company startup shop store daycare garage "
            "broker hosting broadband internet credit_card card landscaping catering "
            "photography car_wash grooming_van grooming_service wedding_planner moving_company removals "
            "window_cleaner handyman builder chimney_sweep moving_co cleaning_co bookkeeping payroll "
            "car_rental car_wash car_repair phone_repair watch_repair delivery bouquet_delivery hairdresser "
            "nail_salon photographer wedding_photographer roofer roofing pest_control "
            "house_painter painter storage_unit coworking_space dog_walking dog_walker pet_grooming "
            "pet_sitter babysitter nanny gardener locksmith "
            "meal_prep_service travel_agency taxi_service courier notary legal_advice "
            "law_advice advice tax_advisor shoe_repair shoe_store car_detailing detailing"
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
            "Whenever it suits you|Whenever it suits you.|Just say when.",
            "Let's begin|Let's begin.|When would suit you?",
        ),
        calls=("Learn more", "Find out more", "Get in touch"),
        mass=nouns(
            "insurance plumbing cleaning repair consulting accounting delivery "
            "hosting broadband internet landscaping catering photography removals roofing pest_control "
            "dog_walking pet_grooming advice legal_advice law_advice car_detailing detailing bookkeeping payroll"
        ),
    ),
)

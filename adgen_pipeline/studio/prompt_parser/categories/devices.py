"""What has a screen, a lens or a plug."""

from adgen_pipeline.studio.prompt_parser.categories.category import Category, lines, nouns

DEVICES = (
    Category(
        name="phone",
        motif="phone",
        nouns=nouns(
            "phone charger power_bank phone_case smartphone mobile_phone cellphone tablet iphone e-reader "
            "ipad usb_cable cable phone_stand mobile_plan sim_card screen_protector"
        ),
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
        drawn_as={"abstract": nouns("usb_cable cable")},
    ),
    Category(
        name="laptop",
        motif="laptop",
        nouns=nouns(
            "laptop computer notebook_computer pc desktop monitor keyboard chromebook macbook ultrabook "
            "printer mouse gaming_mouse router webcam graphics_card hard_drive"
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
        drawn_as={"abstract": nouns("printer monitor mouse gaming_mouse router webcam graphics_card hard_drive")},
    ),
    Category(
        name="app",
        motif="phone",
        nouns=nouns(
            "app application software platform website tool plugin saas dashboard game video_game chatbot "
            "assistant marketplace browser extension operating_system crm api newsletter podcast vpn "
            "antivirus cloud_storage password_manager crypto_wallet job_board online_shop web_app spreadsheet "
            "ai_assistant"
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
        calls=("Learn more", "Have a look", "See how it works"),
        mass=nouns("software saas"),
        drawn_as={
            "laptop": nouns(
                "software platform website tool plugin saas dashboard browser extension operating_system crm api "
                "newsletter vpn antivirus cloud_storage password_manager job_board online_shop web_app "
                "spreadsheet"
            ),
            "headphones": nouns("podcast"),
        },
    ),
    Category(
        name="headphones",
        motif="headphones",
        nouns=nouns(
            "headphone album song band vinyl earbud earphone headset speaker soundbar turntable microphone "
            "record_player airpod guitar piano violin drum drum_kit synthesizer guitar_string radio playlist"
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
        drawn_as={
            "abstract": nouns(
                "album song band vinyl speaker soundbar turntable microphone record_player guitar piano violin "
                "drum drum_kit synthesizer guitar_string radio playlist"
            )
        },
    ),
    Category(
        name="camera",
        motif="abstract",
        nouns=nouns(
            "camera drone lens webcam telescope projector camcorder binoculars tripod television smart_tv tv binocular"
        ),
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
            "Keep the moment|Keep the moment.|It will not come again.",
            "Point. Breathe. Shoot|Point. Breathe. Shoot.|And again.",
        ),
    ),
)

"""Briefs of many kinds, as people write them: long and short, tidy and shouted, of one product, of two, of none."""

BRIEFS = (
    "Create a 30 second luxury watch ad with elegant gold aesthetics",
    "Aurora running shoe: lightweight foam, grips wet trails, for weekend trail runners. $129 until June 30.",
    "make a tiktok video for my handmade soy candles, cozy vibe, 20% off this weekend",
    "CREATE AN AD FOR OUR NEW ENERGY DRINK!!! 0 SUGAR, 200MG CAFFEINE",
    "We're a family dental clinic in Leeds offering gentle check-ups for nervous patients. Book online.",
    "Promote Brewhaus cold brew coffee, slow-steeped for 18 hours, in a calm organic style",
    "A playful ad about a kids' toothbrush that sings for two minutes",
    "Instagram ad for noise-cancelling headphones with 48-hour battery",
    "perfume 'Nuit Claire' - sensual, mysterious, night",
    "An app that helps students split rent and bills",
    "I need a commercial for my plumbing business, 24/7 emergency call-outs in Manchester",
    "elegant bold golden luxurious",
    "smartwatch and wireless earbuds bundle for $199",
    "Luxry wach comercial, gold and blak",
    "electric SUV with 500 km range, cinematic mountain roads, YouTube pre-roll",
    "Vegan burger, juicy, smoky. 2 for 1 on Tuesdays",
    "The new novel by Jane Harrow, 'The Salt Line', a thriller set in Cornwall",
    "Leather backpack made in Florence with lifetime warranty for commuters",
    "30s spot for Hydra+ face serum: vitamin C, fragrance-free, dermatologist tested",
    "Show a woman drinking our matcha tea at sunrise",
    "Advertise our online yoga classes to stressed office workers. First week free.",
    "Zorbotron 5000, the self-cleaning litter box",
    "Product: Lumen desk lamp. Audience: students. Tone: calm. CTA: Light up your desk. Price: $39",
    (
        "Create an ad for the Garmin-style sports watch. It is waterproof to 200 m and has a 48-hour "
        "battery. Rated 4.8 by 12,000 customers."
    ),
    "Our company Nordhem makes flat-pack oak desks that assemble in 10 minutes",
    (
        "We need a fun, colorful 15 second Instagram Reel for our gluten-free dog treats. Use upbeat "
        "music and show happy puppies. 15% off your first order with code WOOF15."
    ),
    "Luxury Swiss-style chronograph, understated, black and silver, for men who value punctuality",
    (
        "Introducing SleepEasy: a weighted blanket that helps you unwind. Soft, breathable bamboo cotton."
        " Free shipping this week only."
    ),
    ("Make an ad for my bakery. We bake sourdough every morning. Fresh bread from 7am. Visit us at 12 High Street."),
    "Video ad: bluetooth speaker, waterproof, 20h playtime, party vibes, neon colours, gen z",
    (
        "Hi! Could you please create a short promotional video about our accounting software for "
        "freelancers? It should feel trustworthy and modern. It automates invoices and tracks expenses. "
        "Start your free trial."
    ),
    "a 45-second commercial for the Toyota-style hybrid pickup truck, rugged, off road, mud splashes",
    "Handwoven wool rugs from Morocco",
    "ad for sunglasses summer beach retro 80s",
    "Can you do a thing for our charity run on 12 October in Bristol? Register at bristolruns.org",
    (
        "Our fitness app FitLoop gives busy professionals 10-minute workouts. No equipment needed. "
        "Trusted by 50,000 members."
    ),
    "I'm selling my late grandmother's recipe hot sauce, \"Nana's Fire\", it's spicy and smoky, $8 a bottle",
    "electric toothbrush",
    "Nike Air Max",
    (
        "Something cool for our robot vacuum RoboSweep X2 which maps your home and empties itself. Quiet "
        "enough for night-time cleaning."
    ),
    "Create a cinematic ad for a boutique hotel in Lisbon with rooftop pool and ocean views, aimed at couples",
    "Commercial for law firm specializing in immigration, calm and trustworthy tone",
    "Generate a 60s video ad for premium olive oil, cold-pressed, single estate, Tuscany hills at golden hour",
    "CBD gummies ad",
    ("Ad for kids' coding classes (ages 7-12), playful & educational. Classes start in September! Sign up today."),
    (
        "Promote our vegan leather handbag collection, cruelty-free, made from apple skins, minimalist "
        "style, pastel palette"
    ),
    "gaming laptop w/ RTX graphics, 240Hz display, RGB keyboard - for streamers & gamers. From $1,299",
    "A moody trailer for the thriller novel 'Cold Harbour' by M. J. Reed, out 3 March",
    "lawn mowing service, cheap and reliable, call 555-0123",
    "Create a video ad for eco-friendly bamboo toothbrushes targeting environmentally conscious millennials",
    "I want an advertisement for baby stroller that folds with one hand and fits in overhead bins",
    "Wine. Red. Dinner with friends. Nothing else.",
    (
        "The ad should show a runner at dawn. Product is the Stride 3 trail shoe with recycled sole. "
        "Avoid people's faces. No logos."
    ),
    (
        "Make a 20-second vertical ad for Lumina, a bedside lamp that wakes you with light instead of "
        "noise. Calm, morning mood."
    ),
    "Barista-grade espresso machine, stainless steel, 15 bar pump, for home baristas, €399",
    "Promote my Etsy shop selling crocheted baby blankets",
    "We are Pawsome Grooming, a mobile dog grooming van in Austin, Texas. We come to you. Book at pawsome.co",
    "Energetic ad for a CrossFit gym: first class free, open 24/7, no contracts",
    "Create a 30 second ad for the best pizza in Naples",
    "lipstick that stays on for 16 hours, vegan, 12 shades",
    (
        "Ad about our B2B cybersecurity platform. Stops phishing before it reaches your inbox. SOC 2 "
        "certified. Request a demo."
    ),
    "a dreamy ad for a lavender pillow spray",
    "The perfect gift for dad: a leather wallet engraved with his initials",
    "Skateboards. Loud. Fast. Teenagers. Make it punk!",
    'Please make an ad for "Kōan" green tea — silence in a cup — style: Japanese minimalism',
    "Vegetable seeds for small balconies",
    "wireless charger for iPhone and Android phones, charges 3 devices at once, $39.99",
    "Fly with Aerolux to the Maldives this winter, from £499 return",
    "I'd like a commercial about our insurance for pet owners; friendly tone; say \"Because they're family\"",
    (
        "An upbeat YouTube short introducing GreenBox, the weekly organic vegetable box delivered to your"
        " door. Get 50% off your first box!"
    ),
    "Used cars, honest prices",
    "BIG SUMMER SALE at Miller's Furniture! Up to 40% off all sofas until August 31",
    "Children's picture book about a brave little fox",
    "Kayaks for rent",
    (
        "Show off our new electric mountain bike, the Ridgeback E9: 90 km range, 25 kg, hydraulic disc "
        "brakes. Dusty trails, drone shots, adrenaline."
    ),
    "Sell my house cleaning services to new parents in Denver. Insured, background-checked staff.",
    "gold ring with emerald, art deco style",
    "Advertise a podcast about true crime, hosted by Dana Wells, new episodes every Thursday",
    (
        "Ledgerly is a B2B SaaS that closes the books in two days instead of ten, for finance teams at "
        "mid-size companies. Start a 14-day free trial."
    ),
    (
        "Morning Post: a freshly roasted single-origin coffee subscription, delivered every two weeks. First "
        "bag free with code HELLO."
    ),
    "-20% on Velo, an electric city bike for commuters, until Sunday",
    "A 15 second ad for Ledgerly, accounting software for finance teams. Start a 14-day free trial.",
    "Buy 2 get 1 free on all Fresco pizzas this weekend",
    "We deliver groceries in 10 minutes. Download the QuickCart app.",
    "A dental clinic Smile+ in Berlin; free check-up for new patients",
    "Summer sale at Nordlys: up to 50% off all sunglasses",
    "An ad for my Etsy shop selling handmade candles",
    "Trackio helps remote teams plan their week in one place. Book a demo today!",
    "Get fresh pasta kits every Friday with Pastabox. Try it free for 30 days.",
    "Jazz in the Park: an open-air music festival in Leeds on 5 July. Early bird tickets £25.",
    "Bella Notte - an Italian restaurant in Chicago with wood-fired pizza and live music on Fridays",
    "Clean Rivers is a non-profit that removes plastic from rivers. Donate today.",
    "Learn Spanish in 12 weeks with our online course for beginners. Enrol now and save 30%.",
    "Modern three-bedroom apartments in Lisbon, close to the beach, from €350,000. Schedule a viewing.",
    "Track your sleep and wake up rested. Download the Slumber app today.",
    "50% off your first month at IronHouse Gym",
    "$10 off all orders over $50 at Petal & Stem, a flower shop in Portland",
    "tidyup is a cleaning service for busy families in Dublin. Book your first clean for €39.",
    "Studio54 Fitness: boutique spin classes in Miami, first class free",
    "Sleep better tonight. The Nimbus 7 pillow keeps its shape and stays cool. Free shipping.",
    "Notely – the note-taking app that writes your minutes for you",
    "lumo makes refillable candles from soy wax. Buy one, get one half price until Friday.",
    "Grand opening of Café Luna on 3 May, free cake with every coffee",
    "Our vet clinic now offers home visits for anxious pets. Call 555-0199.",
    "Rent out your spare room with Roomly and earn up to $900 a month. Sign up free.",
    "Save up to 40% on winter tires at AutoHaus this week",
    "Want whiter teeth? Glow7 whitening strips work in 10 minutes. 2 packs for $30.",
    "Tired of messy cables? CableNest keeps every charger in one place. From $19.",
    "Acme CRM is the easiest way to close deals. Request a demo.",
    "Our non-profit feeds 500 families a week in Detroit. Donate today at feeddetroit.org",
    "The Python Bootcamp teaches coding in 10 weeks, evenings only. Apply by 1 September.",
    "Sunset Villas - luxury beachfront homes in Malibu. Book a private tour.",
    "Black Friday: 30% off everything at Skyline Audio. Wireless headphones from $59.",
    "brewly delivers craft beer to your door every month",
    "Finally, a mattress that fits in the back of your car",
    "FreshFork, a meal kit for two, ready in 15 minutes. 60% off your first box.",
    "Dr. Bean Coffee makes small-batch roasts for home baristas. Try it today.",
    "Join us for the Lakeside Half Marathon on 14 September. Register now!",
    "Watch ads are boring. Make one for Orion chronographs that feels alive.",
    "QuickBooks alternative for freelancers: Taxly files your taxes in minutes",
    "Taco Tuesday at El Camino: 3 tacos for $9 and live mariachi",
    "Promote Zen8, a meditation app with 5-minute sessions, to busy managers. Free for 7 days.",
    "Give the gift of light. Donate a solar lamp to a school in Kenya.",
    "Save 20% on Hydra+ face serum with code GLOW20",
    "Paylo is payroll software for restaurants. Run payroll in 5 minutes. Book a demo.",
    "The Coffee Club delivers freshly roasted beans every two weeks. Cancel anytime. First month half price.",
    "TechSummit 2025 - a two-day conference on AI in Amsterdam, 12 October. Early bird tickets from €199.",
    "Trattoria Luigi serves homemade pasta in the heart of Boston. Reserve your table today.",
    "Help us plant 10,000 trees this spring. Donate to GreenRoots.",
    "Master watercolor painting in 6 weeks. Online course by Anna Vale. Only $79 until Sunday.",
    "New two-bedroom condos in downtown Austin from $420,000. Call Harper Realty today.",
    "Scan receipts, track spending and save money with Pennywise. Download free on the App Store.",
    "Free coffee with every breakfast at Joe's Diner, weekdays until 11am",
    "Introducing GlowUp: the vitamin C serum that brightens skin in 14 days. 15% off with code GLOW.",
    "driftwood - handmade surfboards from Cornwall for beginners and pros",
    "7Days Yoga offers online yoga classes for seniors, $12 a month",
    "Our bakery makes gluten-free birthday cakes. Order online by Thursday.",
    "Promote the opening of our new bike shop in Berlin on 1 May, 10% off all repairs",
    "A cozy video for Mira's Tea House, herbal teas and homemade scones in Bath",
    "Is your dog bored? BarkBox-style toy subscription Woofly ships new toys monthly.",
    "Stop wasting time on spreadsheets. Switch to Planit, the project tool for small teams.",
    "Hearth & Home sells wood stoves that heat a room in 20 minutes. Visit our showroom in Leeds.",
    "Rent a car from €19 a day with Rentago",
    "We fix cracked phone screens in 30 minutes at FixIt Corner, Main Street. Walk in any day.",
)

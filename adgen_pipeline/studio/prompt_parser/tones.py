"""The voices an ad can have: which words call for them, and how each one looks, moves, sounds and speaks."""

from dataclasses import dataclass
from typing import Literal

from adgen_pipeline.studio.families import Family
from adgen_pipeline.studio.prompt_parser.categories import Line, lines


@dataclass(frozen=True)
class Tone:
    """One voice. `family` is the style in which all services draw, move and play it; `music` names its mood.

    `transitions` are those it likes, favourites twice; `beat` is in ticks (`beats.TICKS_A_SECOND`).
    `palette` (accent, ground, more) is for products whose own colours speak in another
    tone; empty where the tone goes with any colours.
    """

    name: str
    family: Family
    words: frozenset[str]
    palette: tuple[str, ...]
    type_style: Literal["serif", "sans"]
    transitions: tuple[str, ...]
    lights: tuple[str, ...]
    mood: str
    look: str
    music: str
    beat: int
    volume: float
    hooks: tuple[Line, ...]
    benefits: tuple[Line, ...]
    greetings: tuple[str, ...] = ("Meet {the}", "Meet {the}", "{The}")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ALL = (
    Tone(
        name="luxury",
        family="minimal",
        words=_words(
            "luxury luxurious luxe elegant elegance premium opulent sophisticated refined exclusive gold "
            "golden classy glamorous timeless prestigious diamond silk velvet majestic graceful sensual "
            "chic jewel champagne seductive velvety mysterious sultry alluring"
        ),
        palette=("#C9A227", "#0E0B08", "#F3E7C4"),
        type_style="serif",
        transitions=("fade", "fade", "zoom"),
        lights=(
            "low-key studio light with one slow highlight",
            "warm rim light from behind",
            "soft side light, deep shadows",
        ),
        mood="elegant and unhurried",
        look="refined, still, rich in shadow",
        music="elegant",
        beat=12,
        volume=0.55,
        hooks=lines(
            "Look closer|Look closer.|Nobody is rushing you.", "A quiet entrance|A quiet entrance.|Look again."
        ),
        benefits=lines(
            "Let it speak softly|Let it speak softly.|You will hear it.", "Stay a moment|Stay a moment.|Let it sink in."
        ),
        greetings=("{The}", "Meet {the}"),
    ),
    Tone(
        name="playful",
        family="playful",
        words=_words(
            "playful fun funny quirky whimsical cute colourful colorful silly cheerful joyful kids "
            "children bouncy cartoon humorous humor humour witty cheeky bubbly toddler toddlers"
        ),
        palette=("#FFB020", "#1B1030", "#7FD8FF"),
        type_style="sans",
        transitions=("slide", "zoom", "wipe"),
        lights=(
            "bright, even light with soft coloured shadows",
            "sunny light with a pop of colour",
            "candy-bright studio light",
        ),
        mood="bright and cheeky",
        look="colourful, bouncy, simple shapes",
        music="playful",
        beat=8,
        volume=0.6,
        hooks=lines("Well, hello|Well, hello there.|Got a minute?", "Ta-da!|Ta-da!|Look at that."),
        benefits=lines(
            "Go on, smile|Go on, smile.|Nobody is looking.", "Boring? Not today|Boring? Not today.|Come along."
        ),
        greetings=("Say hello to {the}", "Hello, {name}!", "Meet {the}"),
    ),
    Tone(
        name="tech",
        family="tech",
        words=_words(
            "tech techy high-tech futuristic digital smart ai sleek innovation innovative "
            "cyberpunk neon startup software robotic wireless intelligent"
        ),
        palette=("#35C2FF", "#070B14", "#C8ECFF"),
        type_style="sans",
        transitions=("slide", "zoom", "fade"),
        lights=(
            "cool edge light on dark ground",
            "a thin line of light tracing the shape",
            "blue-white studio light, fine haze",
        ),
        mood="clear and curious",
        look="sleek, precise lines, deep ground",
        music="tech, electronic",
        beat=8,
        volume=0.55,
        hooks=lines("What if?|What if?|Let's find out.", "Hello, tomorrow|Hello, tomorrow.|Come and see."),
        benefits=lines(
            "See it differently|See it differently.|Then see what happens.",
            "Up to you now|It is up to you now.|What comes next?",
        ),
    ),
    Tone(
        name="organic",
        family="organic",
        words=_words(
            "organic natural nature vegan eco eco-friendly sustainable green earthy botanical herbal "
            "recycled plant-based biodegradable rustic wholesome farm garden plastic-free "
            "zero-waste"
        ),
        palette=("#8DB255", "#0E140B", "#EFE9D8"),
        type_style="serif",
        transitions=("fade", "wipe", "fade"),
        lights=("soft daylight through leaves", "gentle window light", "low sun with long soft shadows"),
        mood="honest and gentle",
        look="natural textures, muted earth tones",
        music="organic, acoustic",
        beat=10,
        volume=0.55,
        hooks=lines("Start simple|Start simple.|Look around.", "Slow is good|Slow is good.|Look around."),
        benefits=lines(
            "Take it slowly|Take it slowly.|As it should be.",
            "Back to simple things|Back to simple things.|One at a time.",
        ),
    ),
    Tone(
        name="sport",
        family="sport",
        words=_words(
            "sport sports sporty athletic energetic energy dynamic running runner runners fitness workout "
            "training powerful intense adrenaline active motivational endurance marathon "
            "athlete athletes gym trail"
        ),
        palette=("#FF5A1F", "#0B0D12", "#F4F1EA"),
        type_style="sans",
        transitions=("wipe", "slide", "zoom", "cut"),
        lights=("hard side light with dust in the air", "stark backlight, strong silhouettes", "low sun, long shadows"),
        mood="driven and restless",
        look="high contrast, diagonal lines, motion",
        music="sport, energetic",
        beat=7,
        volume=0.65,
        hooks=lines("Your move|Your move.|Make it count.", "Up. Out. Go|Up. Out. Go.|No excuses today."),
        benefits=lines(
            "Push a little further|Push a little further.|Then a little more.",
            "Show what you've got|Show what you've got.|To yourself, first of all.",
        ),
    ),
    Tone(
        name="retro",
        family="retro",
        words=_words(
            "retro vintage nostalgic nostalgia old-school classic eighties 80s seventies 70s nineties 90s "
            "vinyl analog analogue film-grain antique disco"
        ),
        palette=("#E2733B", "#1A100C", "#F4DDB0"),
        type_style="serif",
        transitions=("wipe", "slide", "fade"),
        lights=("warm tungsten light with soft grain", "faded afternoon light", "a warm lamp and long shadows"),
        mood="fond and a little faded",
        look="film grain, warm faded tones",
        music="retro",
        beat=9,
        volume=0.55,
        hooks=lines(
            "Remember this feeling?|Remember this feeling?|Welcome back.",
            "Press rewind|Press rewind.|Just for a moment.",
        ),
        benefits=lines(
            "Play it again|Play it again.|From the top.", "Some things come back|Some things come back.|Let them."
        ),
    ),
    Tone(
        name="calm",
        family="organic",
        words=_words(
            "calm calming serene peaceful tranquil zen relaxing relax relaxed soothing gentle meditation "
            "meditative mindful dreamy ethereal quiet sleepy stress-free"
        ),
        palette=("#8FB8C9", "#0D151A", "#EEF3F2"),
        type_style="serif",
        transitions=("fade", "fade", "wipe"),
        lights=("soft morning-grey light", "pale diffused light from above", "hushed light, barely any shadow"),
        mood="still and soft",
        look="airy, pale gradients, much empty space",
        music="calm, ambient",
        beat=13,
        volume=0.5,
        hooks=lines("Take a breath|Take a breath.|And let it go.", "Slow down|Slow down.|Stay here a moment."),
        benefits=lines("Let the day wait|Let the day wait.|It will.", "A little quiet|A little quiet.|Just for you."),
    ),
    Tone(
        name="bold",
        family="sport",
        words=_words(
            "bold edgy gritty epic dramatic loud punchy daring fearless urban rebellious "
            "moody vibrant confident striking"
        ),
        palette=(),
        type_style="sans",
        transitions=("zoom", "wipe", "cut", "slide"),
        lights=("hard key light against black", "dramatic backlight and haze", "one strong beam from the side"),
        mood="sure of itself",
        look="high contrast, large shapes, few colours",
        music="bold, driving",
        beat=8,
        volume=0.62,
        hooks=lines("Eyes up|Eyes up.|You'll want to see this.", "Don't look away|Don't look away.|Not yet."),
        benefits=lines(
            "Do it your way|Do it your way.|Every time.", "Make some noise|Make some noise.|Let them turn around."
        ),
    ),
    Tone(
        name="warm",
        family="organic",
        words=_words(
            "warm cozy cosy heartwarming friendly family homemade comfort comforting inviting rustic "
            "emotional handmade welcoming hygge festive holiday artisan artisanal romantic wholesome"
        ),
        palette=("#D98E4A", "#14100C", "#F0E2CF"),
        type_style="serif",
        transitions=("fade", "slide", "fade"),
        lights=("warm lamp light and soft shadow", "low golden window light", "candle-warm light, dark surroundings"),
        mood="warm and close",
        look="warm tones, soft focus behind, close framing",
        music="warm, acoustic",
        beat=10,
        volume=0.55,
        hooks=lines("Come closer|Come closer.|There is room for you.", "Stay a while|Stay a while.|No need to rush."),
        benefits=lines(
            "Gather round|Gather round.|There is always one more seat.",
            "The good part|This is the good part.|Stay for it.",
        ),
    ),
    Tone(
        name="clean",
        family="minimal",
        words=_words(
            "clean modern minimal minimalist minimalistic simple clear professional crisp bright trustworthy "
            "corporate business"
        ),
        palette=(),
        type_style="sans",
        transitions=("fade", "slide", "wipe"),
        lights=("even studio light, soft shadow", "clear daylight from the side", "one soft light from above"),
        mood="open and friendly",
        look="plain ground, clear shapes, room to breathe",
        music="neutral, minimal",
        beat=9,
        volume=0.55,
        hooks=lines("Take a look|Take a look.|A good long one.", "Look again|Look again.|See it now?"),
        benefits=lines(
            "Keep it simple|Keep it simple.|Start here.", "See for yourself|See for yourself.|Take your time."
        ),
    ),
)

TONES = {tone.name: tone for tone in _ALL}

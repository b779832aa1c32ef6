"""What the studio has no word for."""

from adgen_pipeline.studio.prompt_parser.categories.category import Category, lines

UNKNOWN = Category(
    name="product",
    motif="abstract",
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
    calls=("Take a closer look", "Learn more", "Find out more"),
)

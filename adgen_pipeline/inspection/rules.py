"""What a finished ad is asked for. Data only: those who show it need no codec."""

RULES = {
    "decodes": "Every frame can be decoded, and none is missing.",
    "duration": "It lasts as long as the brief says.",
    "size": "It has the shape that was ordered, and no fewer pixels.",
    "frame_rate": "It has the frame rate that was ordered, and every frame stays equally long.",
    "loudness": "Music or a voice, where ordered, is heard, as loud as platforms play it (-14 LUFS, -1 dBTP).",
    "black_stretches": "The picture is never black for a second or more.",
    "frozen_stretches": "The picture never stands still for two seconds or more, the end card left out.",
    "words_in_safe_area": "No words stand where vertical platforms draw over the picture, or beyond title-safe.",
    "cost_in_budget": "It cost no more than max_cost, and less than COST_WARNING.",
    "brand_colour": "The brief's primary_color is seen.",
}
"""Every rule by its name, and what it asks for."""

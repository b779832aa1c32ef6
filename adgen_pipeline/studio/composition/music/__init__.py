"""Music by mood and tempo: it begins with the ad, builds up with its scenes and ends with it.

`score` is the only door. Moods are data (`moods`), played by `instruments` and `drums`, laid out by `form`.
"""

from adgen_pipeline.studio.composition.music.score import score

__all__ = ["score"]

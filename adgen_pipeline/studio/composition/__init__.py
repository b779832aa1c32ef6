"""Composition: clips, words, voice and music become the finished ad.

render        the whole of it: `compose`
timeline      which scene is on screen in which frame          transitions   how one gives way to the next
footage       the clips' pictures along the timeline           raster        skia on the same memory
script        what is to be read, when and where               layout        where each of it stands
typesetting   words into lines and shapes                      blocks        a headline, a button, a chip
titles        the animated words over each frame               legibility    ink and scrim for contrast
voice         the words that are spoken                        captions      the same words to read
music         a score by mood and tempo                        instruments   what it is played on
soundtrack    voice over music, at broadcast loudness          logo          the brand's own picture
"""

"""The pages people look at: a gallery of ads, each ad as it is made, a form for a new one. Drawn here, no build step.

routes     what is found where
session    who may look, and that what is posted was posted from a page of ours
drawing    templates, the files beside them, and the headers of every page
gallery    the ads, page by page
ad         one ad in words: how it stands, its scenes, what it cost
batch      the ads of a batch side by side, and what they come to
form       a new ad, and what it would cost
words      money, lengths and moments as people read them

`static/live.js` keeps a page true while an ad is made: it asks for the page anew and puts what has changed in place.
"""

from adgen_pipeline.api.pages.routes import page_routes

__all__ = ["page_routes"]

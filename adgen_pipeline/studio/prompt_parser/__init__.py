"""From a brief to a storyboard.

    app, planning                      the service; the whole way, step by step
    language, foreign                  which language it is; a brief that is not in English
    cleaning, clauses, subjects        the prompt fit to read, cut into clauses, and whom they are about
    goods, phrases, finding, product   which words name the product
    names, offers, turns, facts        brands; prices and dates; problems and changes; all else that is said
    reading, tones, categories         the brief understood, in a voice, as a kind of product
    stories, stock, copywriting        the framework, what there is to say, and the words of each scene
    introductions, end_card, script    how the product is met, how the ad closes; words as data
    beats, timing, transitions         the grid of the music, and every scene on it
    overlays, picture, direction       words in time; shots and prompts; look and music
    speech, grammar, vocabulary        as it is spoken; enough English; words and what they mean here
    notes                              what could not be done as asked

It draws nothing and knows no other service: the storyboard is all that the others get.
"""

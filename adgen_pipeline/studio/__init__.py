"""The four embedded services, real HTTP servers that draw, speak and compose for real and charge nothing.

    launch -> lease            started at the first call that needs it, left when nobody uses it
    server -> service          four ports, one face: envelope, strict input, keyed answers, 202 and poll
    answers, renders, job      what is remembered, and where the work is done
    logos                      the brand's own picture, looked at before anything is paid
    prompt_parser image_gen video_gen composition      the four minds, each behind its own app
    families, frame, drawing   how all of an ad agrees, where things stand in a picture, how they are drawn
    encoding, decoding, aac    frames and sound into a file, and out of one

Belongs here: everything a service behind a URL would do. Does not: clients, the pipeline's store, Dagster.
"""

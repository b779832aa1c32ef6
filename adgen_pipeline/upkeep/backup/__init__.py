"""Back-ups: a manifest over objects that are named by their content, so that nothing is copied twice.

<target>/manifests/<moment>-<hash>.json     what one back-up consists of; written last: without it there is none
<target>/objects/<ab>/<sha256>              every file of all back-ups, once
<target>/damaged/<sha256>                   empty: the object was found damaged, and is written anew by the next back-up

manifest     what stands in one
target       where they lie: a folder, or any store that fsspec knows
vault        what is there of them, what is whole, and what goes
creating     in which order things are copied, so that what is restored fits together
databases    copies of databases that are in use: SQLite's own back-up, pg_dump
places       which files there are, and where each belongs
bringing     files and databases to where they belong
restoring    into an empty installation; what was under way at the time waits for a person
"""

"""What keeps an installation in order over the years: `adgen retention` and `adgen backup`.

retention    deletes what need not be kept any longer; shows first what that would be
media, runs, renders   our copies of files, Dagster's runs with their steps' outputs, the studio's renders
shrinking    gives the room back: SQLite files shrink, Postgres reuses it
backup       copies of everything into a folder or an object store, looked through, and restored
alone        one at a time: nothing is deleted while it is copied
"""

"""The attack list, played against a whole deployment whose every secret is a canary.

canaries  a value of its own for every secret setting, and whether one of them stands somewhere
house     `adgen up` with guarded UI, API, Postgres, services and a receiver, all secrets set
requests  the list: what is asked, how it must be answered
playing   asks, and counts the runs that came of it
traces    everything a deployment leaves behind: files, tables, answers, messages, command lines

python -m adgen_pipeline_tests.attacks --json attacks.json
"""

"""A day of citizens and clerks, played against a running hall through its public HTTP API and nothing else.

`plan_day` says who comes when and what they do (pure, by a seed), `play` does it, and `reconcile` asks the hall what
became of every number and compares.
"""

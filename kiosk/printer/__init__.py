"""A receipt printer: what it can do, how a job is printed on it, and how it says how it is."""

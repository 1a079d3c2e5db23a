"""The database: the event log, the copies of it that reports read, and who may write."""

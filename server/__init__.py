"""The central server: domain, engine, store, web base and the composition of the terminals."""

"""`python -m server.cli`, the same as `jiaohao`."""

from server.cli import main

main()

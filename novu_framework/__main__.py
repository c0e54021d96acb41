"""`python -m novu_framework`, the same as the command `novu-framework`."""

from novu_framework.cli import main

main()

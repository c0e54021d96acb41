"""LiquidJS 10's own filters. Each module has a table of its own, ``FILTERS``.

A filter is a function of the piped value and its arguments. A missing argument is `UNDEFINED`; arguments beyond
those a function takes are left out. One that is marked ``with_context`` is given the render's `Context`.
"""

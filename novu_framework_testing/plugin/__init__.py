"""The pytest plugin: fixtures that make this package's objects, and nothing else.

It is loaded in every pytest run of an environment where this package is installed, so at import it costs
pytest alone: a fixture imports what it needs when a test asks for it. `pytest --fixtures` and
`pytest --markers` show what there is.
"""

pytest_plugins = [
    "novu_framework_testing.plugin.settings",
    "novu_framework_testing.plugin.fixtures",
    "novu_framework_testing.plugin.smoke",
    "novu_framework_testing.plugin.timelines",
    "novu_framework_testing.plugin.snapshots",
]

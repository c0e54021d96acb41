"""The pytest plugin: fixtures that make this package's objects, and hooks, a file a subject.

It is loaded in every pytest run of an environment where this package is installed, so at import it costs
pytest alone: fixtures and hooks import what they need when a test needs it. `pytest --fixtures` and
`pytest --markers` show what there is.
"""

# In this order, since pytest must load each of these before another one imports it.
pytest_plugins: list[str] = [
    f"novu_framework_testing.plugin.{name}"
    for name in (
        *(
            "options",
            "network",
            "failures",
            "checks",
            "coverage",
            "loops",
            "fixtures",
            "matrix",
            "smoke",
            "tracebacks",
            "timelines",
            "snapshots",
        ),
        "rejections",
        "review",
    )
]

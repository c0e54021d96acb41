"""Apps of every framework over the workflows of a recording, for real servers: `tests.integration.server_apps:flask`."""

from __future__ import annotations

import logging
import os

from django.conf import settings as django_settings
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.urls import path

import novu_framework.aws_lambda
from novu_framework import django
from tests.contract.test_bridge_contract import RECORDINGS, settings, workflows
from tests.unit.adapters.apps import ADAPTERS

RECORDING = RECORDINGS["protocol"]
QUIET = "NOVU_SERVERS_QUIET"
"""Set where a server of its own runs them, whose log a script shows."""
WORKFLOWS, CLIENT = workflows(RECORDING), settings(RECORDING)

if os.environ.get(QUIET):
    logging.getLogger("novu_framework").setLevel(logging.ERROR)

fastapi, starlette, asgi, litestar, flask = (
    ADAPTERS[name](WORKFLOWS, CLIENT) for name in ("fastapi", "starlette", "asgi", "litestar", "flask")
)
django_settings.ROOT_URLCONF = tuple(
    path(route, serve(workflows=WORKFLOWS, client=CLIENT))
    for route, serve in {"api/novu": django.serve, "async/novu": django.serve_async}.items()
)
django_wsgi, django_asgi = WSGIHandler(), ASGIHandler()
aws_lambda = novu_framework.aws_lambda.serve(workflows=WORKFLOWS, client=CLIENT)

"""The bridge that the simulation asks over a URL."""

from programs import four_steps

from novu_framework.asgi import BridgeEndpoint

app = BridgeEndpoint([four_steps()])

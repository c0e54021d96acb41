"""Who Novu knows of the shop's customers, and which of them follow a product."""

from functools import lru_cache

from novu_framework import Client, Subscriber

from shop.models import Customer


@lru_cache
def novu() -> Client:
    """The shop's client: one for the process, so that its connections are used again."""
    return Client()


def subscriber(customer: Customer) -> Subscriber:
    """A customer as Novu is told of one. A trigger that carries it updates what Novu knows."""
    return Subscriber(
        subscriber_id=customer.id,
        first_name=customer.first_name,
        email=customer.email,
        phone=customer.phone,
    )


def followers(sku: str) -> dict[str, str]:
    """All who follow a product, as the recipient of a trigger."""
    return {"type": "Topic", "topicKey": _topic(sku)}


async def remember(customer: Customer) -> None:
    profile = subscriber(customer).model_dump(by_alias=True, exclude_none=True)
    await novu().request_async("POST", "/v2/subscribers", profile)


async def follow(customer_id: str, sku: str) -> None:
    await novu().request_async(
        "POST", f"/v2/topics/{_topic(sku)}/subscriptions", {"subscriberIds": [customer_id]}
    )


def _topic(sku: str) -> str:
    return f"price:{sku}"

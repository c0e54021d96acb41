"""The assortment, and the news of lower prices."""

from shop.models import Product
from shop.notifications.price_alert import PricePayload, price_alert
from shop.services import audience
from shop.store import store


async def reprice(sku: str, price: int) -> Product:
    """Set a price. Those who follow the product hear of a lower one."""
    product = store.products[sku]
    before, product.price = product.price, price
    if price < before:
        await price_alert.trigger_async(
            audience.followers(sku), PricePayload(sku=sku, name=product.name, was=before, now=price)
        )
    return product

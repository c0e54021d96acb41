"""What the shop tells its customers: one workflow a file."""

from shop.notifications.abandoned_cart import abandoned_cart
from shop.notifications.order_confirmation import order_confirmation
from shop.notifications.price_alert import price_alert
from shop.notifications.shipping_delay import shipping_delay

WORKFLOWS = (order_confirmation, shipping_delay, abandoned_cart, price_alert)

"""The shop's data: a database in a real shop, dicts here."""

from dataclasses import dataclass, field

from shop.models import Cart, Customer, Order, Product

ASSORTMENT = (
    Product(sku="fern", name="Boston fern", price=1850),
    Product(sku="monstera", name="Monstera deliciosa", price=3400),
    Product(sku="pot", name="Stoneware pot, 18 cm", price=2200),
    Product(sku="can", name="Copper watering can", price=4900),
)


@dataclass
class Store:
    customers: dict[str, Customer] = field(default_factory=dict)
    products: dict[str, Product] = field(
        default_factory=lambda: {one.sku: one.model_copy() for one in ASSORTMENT}
    )
    carts: dict[str, Cart] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)

    def clear(self) -> None:
        """Back to an empty shop with its first assortment."""
        vars(self).update(vars(Store()))


store = Store()

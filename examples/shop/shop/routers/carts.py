from fastapi import APIRouter

from shop.models import Cart, Line
from shop.routers.found import found
from shop.services import carts
from shop.store import store

router = APIRouter(prefix="/carts", tags=["carts"])


@router.post("/{customer_id}/lines", status_code=201)
async def add(customer_id: str, line: Line) -> Cart:
    found(store.customers, customer_id, "customer")
    found(store.products, line.sku, "product")
    return await carts.add(customer_id, line)

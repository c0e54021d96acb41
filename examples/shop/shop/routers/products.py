from fastapi import APIRouter
from pydantic import BaseModel

from shop.models import Product
from shop.routers.found import found
from shop.services import audience, products
from shop.store import store

router = APIRouter(prefix="/products", tags=["products"])


class Price(BaseModel):
    price: int


class Follower(BaseModel):
    customer_id: str


@router.put("/{sku}/price")
async def reprice(sku: str, new: Price) -> Product:
    found(store.products, sku, "product")
    return await products.reprice(sku, new.price)


@router.post("/{sku}/followers", status_code=204)
async def follow(sku: str, follower: Follower) -> None:
    found(store.products, sku, "product")
    await audience.follow(follower.customer_id, sku)

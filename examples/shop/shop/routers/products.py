from fastapi import APIRouter
from pydantic import BaseModel

from shop.models import Product
from shop.services import audience, products

router = APIRouter(prefix="/products", tags=["products"])


class Price(BaseModel):
    price: int


class Follower(BaseModel):
    customer_id: str


@router.put("/{sku}/price")
async def reprice(sku: str, new: Price) -> Product:
    return await products.reprice(sku, new.price)


@router.post("/{sku}/followers", status_code=204)
async def follow(sku: str, follower: Follower) -> None:
    await audience.follow(follower.customer_id, sku)

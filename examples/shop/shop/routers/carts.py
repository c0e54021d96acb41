from fastapi import APIRouter

from shop.models import Cart, Line
from shop.services import carts

router = APIRouter(prefix="/carts", tags=["carts"])


@router.post("/{customer_id}/lines", status_code=201)
async def add(customer_id: str, line: Line) -> Cart:
    return await carts.add(customer_id, line)

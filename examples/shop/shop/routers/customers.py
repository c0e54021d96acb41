from fastapi import APIRouter

from shop.models import Customer
from shop.services import audience
from shop.store import store

router = APIRouter(prefix="/customers", tags=["customers"])


@router.post("", status_code=201)
async def sign_up(customer: Customer) -> Customer:
    store.customers[customer.id] = customer
    await audience.remember(customer)
    return customer

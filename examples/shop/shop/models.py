"""What the shop deals with. Money is in cents."""

from datetime import date

from pydantic import BaseModel, Field


class Customer(BaseModel):
    id: str
    first_name: str
    email: str
    phone: str | None = None
    street: str = ""
    city: str = ""


class Product(BaseModel):
    sku: str
    name: str
    price: int = Field(ge=0)


class Line(BaseModel):
    sku: str
    quantity: int = Field(default=1, ge=1)


class Order(BaseModel):
    number: str
    customer_id: str
    lines: list[Line]
    placed_on: date
    arrives_on: date


class Cart(BaseModel):
    customer_id: str
    lines: list[Line] = []

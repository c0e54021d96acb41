"""A shop: FastAPI, SQLAlchemy in both manners, a client at the top of the module, and a lifespan that opens the database."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import create_engine, select, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, scoped_session, sessionmaker
from starlette.middleware.httpsredirect import HTTPSRedirectMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from novu_framework import Step, SyncStep, workflow
from novu_framework.fastapi import serve


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str]


engine = create_engine("sqlite://")  # a database in memory, which each thread has its own of
Session = scoped_session(sessionmaker(engine))
client = httpx.AsyncClient()


class Payload(BaseModel):
    order_id: int = 1


def create_app() -> FastAPI:
    app = FastAPI(lifespan=lifespan)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["shop.acme.test", "*.acme.test"])
    app.add_middleware(HTTPSRedirectMiddleware)

    @workflow("order-placed")
    def order_placed(payload: Payload, step: SyncStep) -> None:
        def body() -> dict[str, str]:
            order = Session.scalars(select(Order).where(Order.id == payload.order_id)).one()
            order.item = order.item.upper()  # the test's transaction takes it back
            Session.flush()
            return {"body": f"You ordered {order.item}"}

        step.in_app("note", body)
        step.delay("a-day", {"amount": 1, "unit": "days"})
        step.email("mail", lambda: {"subject": "Thanks", "body": Session.scalars(select(Order.item)).first()})

    @workflow("price")
    async def price(step: Step) -> None:
        async def body() -> dict[str, str]:
            async with app.state.database.connect() as connection:
                currency = await connection.scalar(text("select currency from settings"))
            answer = await client.get(os.environ["PRICES"])
            return {"body": f"{answer.json()['price']} {currency}"}

        await step.in_app("note", body)

    serve(app, workflows=[order_placed, price])
    return app


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
    app.state.database = create_async_engine("sqlite+aiosqlite://")
    async with app.state.database.begin() as connection:
        await connection.execute(text("create table settings (currency text)"))
        await connection.execute(text("insert into settings values ('EUR')"))
    yield {"database": app.state.database}
    await app.state.database.dispose()

from fastapi import FastAPI
from novu_framework.fastapi import serve

from billing.settings import Settings
from billing.workflows import WORKFLOWS, InvoicePayload, invoice


def create_app(settings: Settings) -> FastAPI:
    app = FastAPI(title=f"Billing ({settings.name})")
    client = settings.client()
    serve(app, workflows=WORKFLOWS, client=client)

    @app.post("/invoices/{customer}", status_code=202)
    async def send(customer: str, payload: InvoicePayload) -> dict[str, str]:
        result = await invoice.trigger_async(
            customer, payload, transaction_id=f"invoice-{payload.number}", client=client
        )
        return {"transaction": result.transaction_id}

    return app


def app() -> FastAPI:
    """For `uvicorn --factory billing.main:app`."""
    return create_app(Settings.of_this_process())

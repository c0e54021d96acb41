"""A FastAPI app with one notification workflow: an inbox message, and an email for those who did not read it.

Run it with `NOVU_SECRET_KEY=... uvicorn app:app`; Novu calls it at `/api/novu`.
"""

from html import escape

from fastapi import FastAPI
from novu_framework import EmailOutput, InAppOutput, Severity, Step, Subscriber, workflow
from novu_framework.fastapi import serve
from novu_framework.steps import Redirect
from pydantic import BaseModel, Field


class CommentPayload(BaseModel):
    """What a trigger carries."""

    author: str
    comment: str
    post: str


class EmailControls(BaseModel):
    """What colleagues may edit in the dashboard, in Liquid."""

    subject: str = Field(
        "{{ steps.collect.eventCount | pluralize: 'new comment' }} on {{ payload.post }}",
        description="The subject line",
    )
    greeting: str = Field(
        "Hello {{ subscriber.firstName | default: 'there' }},", description="The first line"
    )


@workflow("new-comment", name="New comment", tags=["social"], severity=Severity.LOW)
async def new_comment(payload: CommentPayload, step: Step, subscriber: Subscriber) -> None:
    inbox = await step.in_app(
        "inbox",
        lambda: InAppOutput(
            subject=f"{payload.author} commented on {payload.post}",
            body=payload.comment,
            redirect=Redirect(url="/posts"),
        ),
    )
    digest = await step.digest("collect", {"amount": 1, "unit": "hours"})
    await step.delay("wait", {"amount": 6, "unit": "hours"})

    async def render(controls: EmailControls) -> EmailOutput:
        comments = "\n".join(
            f"  <li><b>{escape(event.payload['author'])}</b>: {escape(event.payload['comment'])}</li>"
            for event in digest.events
        )
        return EmailOutput(
            subject=controls.subject, body=f"<p>{controls.greeting}</p>\n<ul>\n{comments}\n</ul>"
        )

    await step.email("email", render, skip=lambda: inbox.read)


app = FastAPI()
serve(app, workflows=[new_comment])

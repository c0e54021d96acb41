"""A FastAPI app with one notification workflow: an inbox message, and an email for those who did not read it.

Run it with `uvicorn app:app`; Novu calls it at `/api/novu`.
"""

from fastapi import FastAPI
from pydantic import BaseModel

from novu_framework import Client, EmailOutput, Severity, Step, Subscriber, workflow
from novu_framework.fastapi import serve


class CommentPayload(BaseModel):
    """What a trigger carries."""

    author: str
    comment: str
    post: str


class EmailControls(BaseModel):
    """What colleagues may edit in the dashboard, in Liquid."""

    subject: str = "{{ steps.collect.eventCount }} new comments on {{ payload.post }}"
    greeting: str = "Hello {{ subscriber.firstName | default: 'there' }},"


@workflow("new-comment", name="New comment", tags=["social"], severity=Severity.LOW)
async def new_comment(payload: CommentPayload, step: Step, subscriber: Subscriber) -> None:
    inbox = await step.in_app(
        "inbox",
        lambda: {
            "subject": f"{payload.author} commented on {payload.post}",
            "body": payload.comment,
            "redirect": {"url": "/posts"},
        },
    )
    digest = await step.digest("collect", {"amount": 1, "unit": "hours"})
    await step.delay("wait", {"amount": 6, "unit": "hours"})

    async def render(controls: EmailControls) -> EmailOutput:
        comments = "".join(
            f"<li><b>{event.payload['author']}</b>: {event.payload['comment']}</li>"
            for event in digest.events
        )
        return EmailOutput(subject=controls.subject, body=f"<p>{controls.greeting}</p><ul>{comments}</ul>")

    await step.email("email", render, skip=lambda: inbox.read)


# A real app leaves `client` out: the key comes from the environment variable NOVU_SECRET_KEY.
app = FastAPI()
serve(app, workflows=[new_comment], client=Client(secret_key="test-secret"))

"""The workflows that the tests of the doors and the plugin use."""

from __future__ import annotations

from pydantic import BaseModel

from novu_framework import EmailOutput, InAppOutput, Severity, Step, workflow


class CommentPayload(BaseModel):
    comment: str
    post_id: str = "1"


class EmailControls(BaseModel):
    subject: str = "New comment on {{ payload.post_id }}"


@workflow("comment-notification", name="New comment", tags=["social"], severity=Severity.LOW)
async def comment_notification(payload: CommentPayload, step: Step) -> None:
    """An in-app message at once, and an email six hours later unless that was read."""
    inbox = await step.in_app(
        "new-comment",
        lambda: InAppOutput(
            subject="A comment",
            body=f"New comment: {payload.comment}",
            avatar="https://acme.test/ann.png",
            redirect={"url": f"https://acme.test/posts/{payload.post_id}"},
            primary_action={"label": "Reply", "redirect": {"url": "https://acme.test/reply"}},
            data={"post": payload.post_id},
        ),
    )
    await step.delay("wait", {"amount": 6, "unit": "hours"})

    async def render(controls: EmailControls) -> EmailOutput:
        return EmailOutput(subject=controls.subject, body=f"<p>{payload.comment}</p>")

    await step.email("comment-email", render, skip=lambda: inbox.read)


@workflow("security-alert", preferences={"all": {"read_only": True}})
async def security_alert(step: Step) -> None:
    """Read-only: no subscriber can turn it off."""
    await step.in_app("alert", {"body": "Somebody signed in."})


@workflow("daily-digest")
async def daily_digest(step: Step) -> None:
    """A digest of a day, then an email about what came in it."""
    digest = await step.digest("a-day", {"amount": 1, "unit": "days"})
    await step.email(
        "summary", lambda: {"subject": f"{digest.event_count} new", "body": "<p>Have a look.</p>"}
    )


ALL = (comment_notification, security_alert, daily_digest)

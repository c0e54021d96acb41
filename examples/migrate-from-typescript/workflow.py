from typing import Literal

from novu_framework import EmailOutput, InAppOutput, SmsOutput, Step, Subscriber, workflow
from novu_framework.steps import Action, Redirect
from pydantic import BaseModel, ConfigDict, Field


class Closed(BaseModel):
    """A schema that allows no other keys: `additionalProperties: false`."""

    model_config = ConfigDict(extra="forbid")


class TaskPayload(Closed):
    task_id: str = Field(alias="taskId")
    title: str = Field(min_length=1)
    assigned_by: str = Field(alias="assignedBy")
    priority: Literal["low", "normal", "urgent"] = "normal"


class WaitControls(Closed):
    hours: int = Field(2, ge=1)


class EmailControls(Closed):
    subject: str = "{{ steps.collect.eventCount | pluralize: 'new task' }} for you"
    greeting: str = "Hello {{ subscriber.firstName | default: 'there' }},"


@workflow(
    "task-assigned",
    name="Task assigned",
    tags=["tasks"],
    preferences={"channels": {"sms": {"enabled": False}}},
)
async def task_assigned(payload: TaskPayload, step: Step, subscriber: Subscriber) -> None:
    inbox = await step.in_app(
        "inbox",
        lambda: InAppOutput(
            subject=f"{payload.assigned_by} gave you a task",
            body=payload.title,
            primary_action=Action(label="Open task", redirect=Redirect(url=f"/tasks/{payload.task_id}")),
            data={"priority": payload.priority},
        ),
    )

    digest = await step.digest("collect", {"amount": 30, "unit": "minutes"})

    def wait(controls: WaitControls) -> dict[str, object]:
        return {"amount": controls.hours, "unit": "hours"}

    await step.delay("wait", wait)

    def email(controls: EmailControls) -> EmailOutput:
        tasks = "\n".join(
            f"  <li>{event.payload['title']} (from {event.payload['assignedBy']})</li>"
            for event in digest.events
        )
        return EmailOutput(
            subject=controls.subject,
            reply_to="tasks@acme.test",
            body=f"<h1>{controls.greeting}</h1>\n<ul>\n{tasks}\n</ul>",
        )

    await step.email(
        "email",
        email,
        skip=lambda: inbox.read,
        providers={"sendgrid": lambda: {"categories": ["tasks"]}},
    )

    await step.sms(
        "sms",
        lambda: SmsOutput(body=f"{subscriber.first_name or 'Hello'}, an urgent task waits: {payload.title}"),
        skip=lambda: payload.priority != "urgent",
    )

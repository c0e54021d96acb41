"""A function of AWS Lambda, loaded and called once: what a cold start takes of a process."""

from __future__ import annotations

import json
import os

from pydantic import BaseModel, ConfigDict

from novu_framework import Client, EmailOutput, Step, Workflow, workflow
from novu_framework.aws_lambda import serve


class Comment(BaseModel):
    model_config = ConfigDict(extra="forbid")
    comment: str
    post_id: str


class Controls(BaseModel):
    subject: str = "New comment on {{ payload.post_id }}"


def comment(workflow_id: str) -> Workflow:
    @workflow(workflow_id)
    async def new_comment(payload: Comment, step: Step) -> None:
        async def render(controls: Controls) -> EmailOutput:
            return EmailOutput(subject=controls.subject, body=f"<p>{payload.comment}</p>")

        await step.email("email", render)

    return new_comment


handler = serve(
    workflows=[comment(f"comment-{n}") for n in range(5)], client=Client(strict_authentication=False)
)
answer = handler(json.loads(os.environ["BENCH_EVENT"]), None)
assert answer["statusCode"] == 200, answer
assert "post-42" in answer["body"], answer

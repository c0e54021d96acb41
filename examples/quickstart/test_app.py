"""Each test has its own simulated Novu (`novu`), connected to the app by `novu_app` in pyproject.toml."""

ANN = {"subscriberId": "ann", "firstName": "Ann", "email": "ann@acme.test"}
COMMENT = {"author": "Bob", "comment": "Nice trip!", "post": "Iceland"}


def test_a_comment_reaches_the_inbox_and_six_hours_later_the_mailbox(novu, novu_snapshot):
    run = novu.trigger("new-comment", to=ANN, payload=COMMENT).run
    assert novu.subscriber("ann").inbox[0].body == "Nice trip!"

    novu.advance(hours=7)

    assert run.status == "completed"
    assert run == novu_snapshot


def test_who_reads_the_inbox_gets_no_email(novu):
    run = novu.trigger("new-comment", to=ANN, payload=COMMENT).run
    novu.subscriber("ann").inbox[0].mark_read()

    novu.advance(hours=7)

    assert run.step("email").status == "skipped"


def test_comments_of_one_hour_are_one_email(novu):
    run = novu.trigger("new-comment", to=ANN, payload=COMMENT).run
    novu.advance(minutes=10)
    novu.trigger("new-comment", to=ANN, payload={**COMMENT, "author": "Cid"})

    novu.run_until_idle()

    assert [message.channel for message in novu.messages] == ["in_app", "in_app", "email"]
    assert run.messages[-1].subject == "2 new comments on Iceland"

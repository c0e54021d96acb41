"""Users' tests with mistakes that type checkers have to report, each on its line."""
# pyright: strict

from novu_framework_testing import (
    BridgeClient,
    Cloud,
    CloudServer,
    Message,
    NovuFaker,
    NovuSimulator,
    NovuSnapshot,
    Run,
    StepRun,
    Trigger,
)


def test_statuses(run: Run, step: StepRun, message: Message) -> None:
    assert run.status == "complete"  # wrong
    assert step.status == "done"  # wrong
    assert step.type == "mail"  # wrong
    assert message.channel == "inapp"  # wrong


def test_simulator(novu: NovuSimulator, trigger: Trigger) -> None:
    novu.registr()  # wrong
    novu.advance(month=1)  # wrong
    novu.advance("2h")  # wrong
    novu.trigger("welcome", to="ann", payloads={})  # wrong
    novu.run_until_idle(max_job=1)  # wrong
    novu.subscriber("ann").inbx  # wrong
    trigger.rnu  # wrong


async def test_twins(novu: NovuSimulator) -> None:
    await novu.advance_async(month=1)  # wrong
    await novu.trigger_async("welcome", to="ann", payloads={})  # wrong


def test_fixtures(
    novu_cloud: Cloud,
    novu_cloud_server: CloudServer,
    bridge: BridgeClient,
    novu_faker: NovuFaker,
    novu_snapshot: NovuSnapshot,
) -> None:
    novu_cloud.registr()  # wrong
    novu_cloud.trigers  # wrong
    novu_cloud.fail_nxt(ValueError)  # wrong
    novu_cloud_server.urll  # wrong
    novu_cloud_server.advanc(hours=1)  # wrong
    bridge.discovr()  # wrong
    bridge.execute("welcome", "hello", paylod={})  # wrong
    novu_faker.subscribr()  # wrong
    novu_snapshot.get_assert_dif()  # wrong

import pytest
from novu_framework.errors import MissingSecretKeyError

from billing.main import create_app
from billing.settings import ENVIRONMENTS, Settings


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_each_environment_has_a_novu_of_its_own(monkeypatch, name):
    monkeypatch.delenv("NOVU_API_URL", raising=False)
    monkeypatch.setenv("APP_ENV", name)

    settings = Settings.of_this_process()

    assert settings == ENVIRONMENTS[name]
    assert settings.client().api_url == ENVIRONMENTS[name].novu_url


def test_no_two_environments_share_a_novu_or_a_bridge():
    assert len({one.novu_url for one in ENVIRONMENTS.values()}) == len(ENVIRONMENTS)
    assert len({one.bridge_url for one in ENVIRONMENTS.values()}) == len(ENVIRONMENTS)


def test_an_environment_that_does_not_exist_is_an_error(monkeypatch):
    monkeypatch.setenv("APP_ENV", "stagging")

    with pytest.raises(ValueError, match="there are dev, staging, production"):
        Settings.of_this_process()


def test_the_service_does_not_start_without_its_key(monkeypatch):
    monkeypatch.delenv("NOVU_SECRET_KEY", raising=False)
    monkeypatch.delenv("NOVU_API_KEY", raising=False)

    with pytest.raises(MissingSecretKeyError):
        create_app(ENVIRONMENTS["production"])

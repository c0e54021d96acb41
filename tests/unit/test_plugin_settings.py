"""What a project says of the tests by its options, its ini file and the marker, and what is made of it."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentTypeError
from datetime import datetime, timedelta, timezone
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework_testing.plugin import SUBJECTS, coverage, matrix, network, options, smoke
from novu_framework_testing.plugin.failures import allows_failures
from novu_framework_testing.plugin.matrix import recorded_case
from novu_framework_testing.plugin.review import _options
from novu_framework_testing.review.cases import Case


def brief(value: object) -> str | None:
    """A short id of a case: the beginning of a text."""
    return value[:12] if isinstance(value, str) else None


MORNING = datetime(2026, 1, 1, 9, tzinfo=timezone.utc)


def config_of(folder: Path | None = None, *, given: Any = None, **ini: Any) -> Any:
    """What the plugin reads of pytest's configuration."""
    folder = folder or Path("/project")
    return SimpleNamespace(
        getini=lambda name: ini.get(name, ""),
        getoption=lambda name: (given or {})[name],
        invocation_params=SimpleNamespace(dir=folder, args=()),
        rootpath=folder,
        inipath=None,
        stash=pytest.Stash(),
    )


def item_of(*markers: Any, fixtures: tuple[str, ...] = (), **ini: Any) -> Any:
    """A test with some of its markers, the nearest first."""
    marks = [one.mark for one in markers]
    return SimpleNamespace(
        nodeid="test_shop.py::test_it",
        config=config_of(**ini),
        fixturenames=fixtures,
        iter_markers=lambda name: (one for one in marks if one.name == name),
    )


@pytest.fixture(autouse=True)
def _no_key_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NOVU_SECRET_KEY", "NOVU_API_KEY", "NOVU_API_URL"):
        monkeypatch.delenv(name, raising=False)


# --- the key ---


@pytest.mark.parametrize(
    ("markers", "ini", "environment", "key"),
    [
        ([], "", {}, "test-secret"),
        ([], "", {"NOVU_API_KEY": "api"}, "api"),
        ([], "", {"NOVU_API_KEY": "api", "NOVU_SECRET_KEY": "secret"}, "secret"),
        ([], "", {"NOVU_API_KEY": "api", "NOVU_SECRET_KEY": ""}, "api"),
        ([], "ini", {"NOVU_SECRET_KEY": "secret"}, "ini"),
        ([{}, {"secret_key": "far"}], "ini", {}, "far"),
        ([{"secret_key": "near"}, {"secret_key": "far"}], "ini", {}, "near"),
        ([{"secret_key": ""}, {"secret_key": None}], "ini", {}, "ini"),
    ],
)
def test_the_nearest_key_is_that_of_a_test(
    monkeypatch: pytest.MonkeyPatch, markers: list[Any], ini: str, environment: dict[str, str], key: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    item = item_of(*(pytest.mark.novu(**one) for one in markers), novu_secret_key=ini)
    assert options.secret_key_of(item) == key
    assert options.simulator_settings(item)["secret_key"] == key


# --- the marker ---


@pytest.mark.parametrize(
    ("markers", "settings"),
    [
        ([], {}),
        ([pytest.mark.novu], {}),
        ([pytest.mark.novu(strict=True), pytest.mark.novu(strict=False, start="x")], {"strict": True, "start": "x"}),
        ([pytest.mark.novu_matrix(wrong=1), pytest.mark.novu(secret_key="k", allow_failures=True)], {"secret_key": "k", "allow_failures": True}),
    ],
)  # fmt: skip
def test_the_nearest_marker_wins_key_by_key(markers: list[Any], settings: dict[str, Any]) -> None:
    assert options.marker_settings(item_of(*markers)) == settings


@pytest.mark.parametrize(
    ("marker", "wrong"),
    [
        (pytest.mark.novu("x"), "positional arguments"),
        (pytest.mark.novu(b=1, a=2, start=None), "a, b"),
        (pytest.mark.novu("x", strikt=True), "strikt"),
    ],
)
def test_what_the_marker_does_not_know_is_refused(marker: Any, wrong: str) -> None:
    with pytest.raises(pytest.UsageError) as refused:
        options.marker_settings(item_of(marker))
    assert str(refused.value) == (
        f"@pytest.mark.novu on test_shop.py::test_it does not know {wrong}: "
        "it takes start, secret_key, strict, allow_failures."
    )


@pytest.mark.parametrize(
    ("markers", "ini", "allowed"),
    [
        ([], False, False),
        ([], True, True),
        ([pytest.mark.novu(allow_failures=False)], True, False),
        ([pytest.mark.novu(allow_failures=1)], False, True),
        ([pytest.mark.novu(strict=True)], True, True),
    ],
)
def test_failures_are_allowed_by_the_marker_or_else_the_ini_file(
    markers: list[Any], ini: bool, allowed: bool
) -> None:
    assert allows_failures(item_of(*markers, novu_allow_failures=ini)) is allowed


# --- the simulation ---


@pytest.mark.parametrize(
    ("marker", "fixtures", "ini", "start", "strict"),
    [
        ({}, (), {}, None, ""),
        ({}, ("novu",), {"novu_strict": True}, None, True),
        ({}, ("novu", "novu_case"), {}, MORNING, ""),
        ({}, ("novu_case",), {"novu_start": "2026-01-01T09:00:00+02:00"}, MORNING - timedelta(hours=2), ""),
        ({}, (), {"novu_start": "2026-01-01T09:00:00Z"}, MORNING, ""),
        ({"start": MORNING, "strict": False}, (), {"novu_start": "x", "novu_strict": True}, MORNING, False),
        ({"start": None}, ("novu_case",), {}, None, ""),
        ({"start": "2026-01-01T09:00:00Z", "allow_failures": True}, (), {}, MORNING, ""),
    ],
)
def test_a_simulation_begins_as_the_marker_says_or_else_the_ini_file(
    marker: dict[str, Any], fixtures: tuple[str, ...], ini: dict[str, Any], start: Any, strict: Any
) -> None:
    item = item_of(pytest.mark.novu(**marker), fixtures=fixtures, **ini)
    expected = {"start": start, "strict": strict, "secret_key": "test-secret"}
    assert options.simulator_settings(item) == expected


def test_a_start_that_is_no_moment_is_refused() -> None:
    with pytest.raises(pytest.UsageError) as refused:
        options.simulator_settings(item_of(novu_start="soon"))
    assert str(refused.value) == ("start is 'soon': write a date and a time, such as 2026-01-01T09:00:00Z.")


def test_a_collected_test_has_the_marker_where_it_takes_a_fixture_of_novu() -> None:
    def added(*fixtures: str) -> list[str]:
        item = item_of(fixtures=fixtures)
        markers: list[str] = []
        item.add_marker = markers.append
        options.pytest_itemcollected(item)
        return markers

    assert added("tmp_path", "novu_snapshot") == []
    assert [added("tmp_path", name) for name in options.FIXTURES] == [["novu"]] * 7
    options.pytest_itemcollected(SimpleNamespace())  # type: ignore[arg-type]  # such as a doctest


# --- the app ---


@pytest.mark.parametrize(
    ("ini", "base_url"), [("", None), ("https://shop.acme.test", "https://shop.acme.test")]
)
def test_an_app_is_connected_as_the_ini_file_says(ini: str, base_url: str | None) -> None:
    for lifespan in (True, False):
        config = config_of(novu_base_url=ini, novu_lifespan=lifespan)
        assert options.app_settings(config) == {"base_url": base_url, "lifespan": lifespan}


@pytest.mark.parametrize("spec", ["shop", "shop:", ":app", ":"])
def test_an_app_is_named_by_its_module_and_its_attribute(spec: str) -> None:
    with pytest.raises(pytest.UsageError) as refused:
        options.load_app(spec, config_of())
    assert str(refused.value) == (
        f"novu_app is {spec!r}: write it as module:attribute, such as shop.app:app or shop.app:create_app."
    )


def test_an_app_is_made_once_in_a_run_with_the_key_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = "an_app_that_counts_how_often_it_is_made"
    (tmp_path / f"{module}.py").write_text(
        "import os\nmade = []\nKEY = os.environ['NOVU_SECRET_KEY']\n"
        "def create_app():\n    made.append(1)\n    return lambda scope, receive, send: made\n"
        "def create_none():\n    raise TypeError('no app')\n"
    )
    before = [*sys.path]
    monkeypatch.setattr(sys, "path", [*before])
    config = config_of(tmp_path, novu_secret_key="of the ini")
    app = options.load_app(f"{module}:create_app", config)
    assert options.load_app(f"{module}:create_app", config) is app
    assert app(1, 2, 3) == [1]
    assert sys.path == [str(tmp_path), *before]
    assert sys.modules[module].KEY == "of the ini"
    assert "NOVU_SECRET_KEY" not in os.environ
    again = options.load_app(f"{module}:create_app", config_of(tmp_path))
    assert again(1, 2, 3) == [1, 1]
    assert sys.path == [str(tmp_path), *before]
    spec = f"{module}:nothing"
    with pytest.raises(pytest.UsageError, match=rf"^novu_app = '{spec}' cannot be loaded: ") as refused:
        options.load_app(spec, config)
    assert isinstance(refused.value.__cause__, AttributeError)
    with pytest.raises(pytest.UsageError, match=r"^novu_app = 'nowhere:app' cannot be loaded: No module"):
        options.load_app("nowhere:app", config)
    with pytest.raises(pytest.UsageError, match=r":create_none' cannot be loaded: .*no app"):
        options.load_app(f"{module}:create_none", config)
    del sys.modules[module]


# --- pictures and files ---


@pytest.mark.parametrize(("text", "threshold"), [("", None), ("0", 0.0), ("0.25", 0.25)])
def test_pictures_are_compared_as_closely_as_the_ini_file_says(text: str, threshold: float | None) -> None:
    for rendered in (True, False):
        config = config_of(novu_rendered=rendered, novu_rendered_threshold=text)
        assert options.picture_settings(config) == {"rendered": rendered, "threshold": threshold}


def test_a_threshold_that_is_no_number_is_refused() -> None:
    with pytest.raises(pytest.UsageError) as refused:
        options.picture_settings(config_of(novu_rendered_threshold="much"))
    assert str(refused.value) == "novu_rendered_threshold is 'much': write a number from 0 to 1."


REPORT = "--novu-report"


@pytest.mark.parametrize("name", ["new.html", "there.html", "folder/new.html", "new/newer/report.html"])
def test_a_file_is_named_below_the_folder_where_pytest_was_started(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "there.html").touch()
    assert options.file_of_option(config_of(tmp_path, given={REPORT: name}), REPORT) == tmp_path / name
    elsewhere = str(tmp_path / name)
    assert options.file_of_option(config_of(given={REPORT: elsewhere}), REPORT) == Path(elsewhere)
    assert options.file_of_option(config_of(tmp_path, given={REPORT: None}), REPORT) is None


@pytest.mark.parametrize(
    ("option", "name", "wrong"),
    [
        (REPORT, "", "it is a folder. Name a file, such as report.html."),
        (REPORT, "folder", "it is a folder. Name a file, such as report.html."),
        (REPORT, "new/", "it is a folder. Name a file, such as report.html."),
        (REPORT, "there.html/", "it is a folder. Name a file, such as report.html."),
        (REPORT, "there.html/x/y.html", "{folder}/there.html is no folder. Name a file, such as report.html."),
        (REPORT, os.devnull, f"{os.devnull} is no file. Name a file, such as report.html."),
        ("--novu-coverage-json", "folder", "it is a folder. Name a file, such as coverage.json."),
    ],
    ids=brief,
)  # fmt: skip
def test_what_can_be_no_file_is_refused(tmp_path: Path, option: str, name: str, wrong: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "there.html").touch()
    with pytest.raises(pytest.UsageError) as refused:
        options.file_of_option(config_of(tmp_path, given={option: name}), option)
    assert str(refused.value) == f"{option}={name}: {wrong.replace('{folder}', str(tmp_path))}"


# --- which tests were chosen ---


@pytest.mark.parametrize(("text", "share"), [("0", 0), ("100", 100), ("99.5", 99.5), ("1e1", 10)])
def test_a_percentage_is_a_number_up_to_a_hundred(text: str, share: float) -> None:
    assert coverage._percent(text) == share
    assert coverage._limit_of_ini(config_of(novu_coverage_fail_under=text)) == share


@pytest.mark.parametrize("text", ["-1", "-0.1", "100.1", "most", "nan", "50%"])
def test_no_other_percentage_is_taken(text: str) -> None:
    wrong = f"{text!r}: write a number from 0 to 100"
    with pytest.raises(ArgumentTypeError) as refused:
        coverage._percent(text)
    assert str(refused.value) == wrong
    with pytest.raises(pytest.UsageError) as refused_too:
        coverage._limit_of_ini(config_of(novu_coverage_fail_under=text))
    assert str(refused_too.value) == f"novu_coverage_fail_under is {wrong}"


def test_without_a_percentage_there_is_no_limit() -> None:
    assert coverage._limit_of_ini(config_of()) is None


@pytest.mark.parametrize(
    ("arguments", "chosen"),
    [
        ("", ""),
        ("tests -q --novu-coverage -n 2", ""),
        ("-q -k word tests", "-k word"),
        ("-m slow -kword --lf", "-m slow -kword --lf"),
        ("--deselect a --deselect=b tests", "--deselect a --deselect=b"),
        ("--ignore a --ignore-glob b x", "--ignore a --ignore-glob b"),
        ("--last-failed --sw --stepwise -x", "--last-failed --sw --stepwise"),
        ("tests -k", "-k "),
    ],
    ids=brief,
)
def test_the_arguments_that_choose_among_tests_are_known(arguments: str, chosen: str) -> None:
    assert coverage._selecting(arguments.split()) == (chosen.split(" ") if chosen else [])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, ""),
        ({"keyword": "a", "markexpr": "b"}, "-k a -m b"),
        ({"deselect": ["x", "y"]}, "--deselect x --deselect y"),
        ({"ignore": ["i"], "ignore_glob": ["g"]}, "--ignore i --ignore-glob g"),
        ({"deselect": None, "ignore": [""], "lf": True}, "--lf"),
        ({"lf": False}, ""),
    ],
)
def test_the_options_that_chose_are_told_as_on_the_command_line(given: dict[str, Any], told: str) -> None:
    assert _options(SimpleNamespace(**{"keyword": "", "markexpr": "", **given})) == told.split()


# --- the place of the smoke tests ---


def test_smoke_tests_belong_to_the_ini_file_or_to_a_conftest(tmp_path: Path) -> None:
    config = config_of(tmp_path)

    def refused() -> str:
        with pytest.raises(pytest.UsageError) as error:
            smoke._place(config)
        return str(error.value)

    where = (
        "--novu-smoke: its tests belong to the folder of {}, which is not there: make one (it may be empty)"
    )
    assert refused() == f"{where.format(tmp_path / 'conftest.py')}."
    (tmp_path / "conftest.py").touch()
    assert smoke._place(config) == tmp_path / "conftest.py"
    config.inipath = tmp_path / "pyproject.toml"
    config.inipath.touch()
    assert smoke._place(config) == tmp_path / "pyproject.toml"
    config.getini = {smoke.FOLDER: "tests"}.get
    named = where.format(tmp_path / "tests" / "conftest.py")
    assert refused() == f"{named}, or let `novu_smoke_folder` name another folder."
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "conftest.py").touch()
    assert smoke._place(config) == tmp_path / "tests" / "conftest.py"


@pytest.mark.parametrize(
    ("argument", "path"),
    [
        ("tests", "/project/tests"),
        ("a.toml::w/s", "/project/a.toml"),
        ("../x/.", "/x"),
        ("/y::a::b", "/y"),
        ("", "/project"),
    ],
)
def test_an_argument_names_a_path_below_the_folder_where_pytest_was_started(argument: str, path: str) -> None:
    expected = Path(os.path.abspath(path))
    assert smoke._path(config_of(Path(os.path.abspath("/project"))), argument) == expected


# --- hosts, cases ---


@pytest.mark.parametrize(
    ("host", "name", "configured", "is_novu"),
    [
        ("api.novu.co", "api.novu.co", None, True),
        (b"NOVU.co.", "novu.co", None, True),
        (bytearray(b"\xff.novu.co"), "\ufffd.novu.co", None, True),
        ("acme.test", "acme.test", None, False),
        ("acme.test", "acme.test", "https://acme.test/api", True),
        ("acme.test", "acme.test", "https://other.test/acme.test", False),
        ("localhost", "localhost", "http://localhost:1", False),
        (None, "none", "x", False),
    ],
    ids=brief,
)
def test_a_host_is_novus_by_its_name_or_the_environment(
    monkeypatch: pytest.MonkeyPatch, host: Any, name: str, configured: str | None, is_novu: bool
) -> None:
    monkeypatch.setattr(network, "_reasons", [])  # as in a process that no run of pytest guards
    monkeypatch.setenv(network.REFUSED, "No.")
    monkeypatch.delenv("NOVU_API_URL", raising=False)
    if configured is not None:
        monkeypatch.setenv("NOVU_API_URL", configured)
    guarded = network._without_novu(lambda *args, **kwargs: (args, kwargs))
    if is_novu:
        with pytest.raises(RuntimeError) as refused:
            guarded(host, 1, type=2)
        assert str(refused.value) == f"No. (It looked up {name}.)"
    else:
        assert guarded(host, 1, type=2) == ((host, 1), {"type": 2})
    monkeypatch.delenv(network.REFUSED)
    assert guarded(host, 1) == ((host, 1), {})


@pytest.mark.parametrize(
    ("label", "callspec", "test"),
    [
        ("usual", "usual", "t.py::test_it"),
        ("de_DE-long", "a-de_DE-long-b", "t.py::test_it[a-b]"),
        ("long", "long-long", "t.py::test_it[long]"),
        ("long", "longer-long", "t.py::test_it[longer]"),
    ],
)
def test_a_case_of_a_matrix_is_told_apart_from_the_other_parameters(
    label: str, callspec: str, test: str
) -> None:
    case = SimpleNamespace(label=label, place=3, axes=(("locale", "de_DE"),))
    item: Any = SimpleNamespace(nodeid=f"t.py::test_it[{callspec}]")
    assert recorded_case(item) is None
    item.callspec = SimpleNamespace(params={"novu_case": case}, id=callspec)
    assert recorded_case(item) == Case(test, label, 3, (("locale", "de_DE"),))
    item.callspec.params = {"case": case}
    assert recorded_case(item) is None


# --- what pytest is told ---


class Parser:
    """Keeps what a plugin says of its options and ini keys."""

    def __init__(self) -> None:
        self.options: dict[str, dict[str, Any]] = {}
        self.keys: dict[str, dict[str, Any]] = {}
        self.groups: list[tuple[str, ...]] = []

    def getgroup(self, *name: str) -> Parser:
        self.groups.append(name)
        return self

    def addoption(self, name: str, *, help: str, **about: Any) -> None:
        assert help
        self.options[name] = about

    def addini(self, name: str, help: str, **about: Any) -> None:
        assert help
        self.keys[name] = about


def test_the_options_and_the_ini_keys_of_all_parts() -> None:
    parser: Any = Parser()
    for subject in SUBJECTS:
        add = getattr(import_module(f"novu_framework_testing.plugin.{subject}"), "pytest_addoption", None)
        if add is not None:
            add(parser)
    switch, file = {"action": "store_true"}, {"metavar": "FILE"}
    assert parser.options == {
        "--novu-smoke": switch,
        "--novu-review": switch,
        "--novu-report": file,
        "--novu-check": switch,
        "--novu-coverage": switch,
        "--novu-coverage-json": file,
        "--novu-coverage-fail-under": {"metavar": "PERCENT", "type": coverage._percent},
    }
    off = {"type": "bool", "default": False}
    assert parser.keys == {
        "novu_app": {},
        "novu_route": {"default": "/api/novu"},
        "novu_base_url": {},
        "novu_lifespan": {"type": "bool", "default": True},
        "novu_start": {},
        "novu_secret_key": {},
        "novu_rendered": off,
        "novu_rendered_threshold": {},
        "novu_strict": off,
        "novu_allow_network": off,
        "novu_allow_failures": off,
        "novu_smoke_folder": {},
        "novu_coverage_fail_under": {},
    }
    assert parser.groups == [("novu", "Novu notification workflows"), ("novu",), ("novu",)]


def test_the_markers_are_described() -> None:
    lines: list[tuple[str, str]] = []
    config: Any = SimpleNamespace(addinivalue_line=lambda *line: lines.append(line))
    options.pytest_configure(config)
    matrix.pytest_configure(config)
    assert [(name, text.partition(": ")[0]) for name, text in lines] == [
        ("markers", "novu(start=None, secret_key=None, strict=None, allow_failures=None)"),
        ("markers", "novu_matrix(locales=None, timezones=None, data=None, product=False)"),
    ]
    assert all(len(text) > 200 for _, text in lines)


@pytest.mark.parametrize("key", ["", "of the ini"])
def test_the_key_of_the_ini_file_is_in_the_environment_of_the_run(key: str) -> None:
    config = config_of(novu_secret_key=key)
    options.pytest_unconfigure(config)  # such as a run that was over before it began
    options.pytest_load_initial_conftests(config)
    assert os.environ.get("NOVU_SECRET_KEY") == (key or None)
    options.pytest_unconfigure(config)
    assert "NOVU_SECRET_KEY" not in os.environ


@pytest.mark.parametrize(
    ("fixtures", "key"), [(("novu_app",), "of the test"), (("tmp_path",), None), ((), None)]
)
def test_the_key_of_a_test_is_in_the_environment_while_it_runs(
    fixtures: tuple[str, ...], key: str | None
) -> None:
    item = item_of(pytest.mark.novu(secret_key="of the test"), fixtures=fixtures)
    assert (
        frozenset(
            {
                "novu",
                "novu_app",
                "novu_bridge",
                "novu_cloud",
                "novu_cloud_server",
                "novu_compat",
                "novu_explore",
            }
        )
        == options.FIXTURES
    )
    running: Any = options.pytest_runtest_protocol(item)
    next(running)
    assert os.environ.get("NOVU_SECRET_KEY") == key
    assert next(running, "over") == "over"
    assert "NOVU_SECRET_KEY" not in os.environ


@pytest.mark.parametrize(
    ("error", "why"), [(OSError(36, "File name too long"), "File name too long"), (OSError("odd"), "odd")]
)
def test_a_name_that_no_file_may_have_is_refused(
    monkeypatch: pytest.MonkeyPatch, error: OSError, why: str
) -> None:
    def exists(path: Path) -> bool:
        raise error

    monkeypatch.setattr(Path, "exists", exists)
    with pytest.raises(pytest.UsageError) as refused:
        options.file_of_option(config_of(given={REPORT: "x.html"}), REPORT)
    monkeypatch.undo()
    assert str(refused.value) == f"{REPORT}=x.html: {why}. Name a file, such as report.html."

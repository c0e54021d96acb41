"""The syrupy extension behind `novu_snapshot`: it says where files are, and leaves them to `novu_snapshot`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from syrupy.data import SnapshotCollections
from syrupy.extensions.base import AbstractSyrupyExtension

from novu_framework_testing.snapshots import names

if TYPE_CHECKING:
    from syrupy.location import PyTestLocation


class NovuSnapshotExtension(AbstractSyrupyExtension):
    """Stores files at `__snapshots__/<test module>/<test name>/`.

    Syrupy does not see them: a step is several files, which `NovuSnapshot` reads and writes together, and
    `leftovers` decides which of them no test needs any more.
    """

    @classmethod
    def test_folder(cls, test_location: PyTestLocation) -> Path:
        """Return the folder of the snapshots of one test."""
        module = Path(cls.dirname(test_location=test_location)) / test_location.basename
        return names.test_folder(module, test_location.snapshot_name)

    def discover_snapshots(self, **_: Any) -> SnapshotCollections:
        """Return nothing: what is left over is not decided here."""
        return SnapshotCollections()

    def _not_here(self, *_: Any, **options: Any) -> NoReturn:
        raise NotImplementedError(
            "compare with the fixture `novu_snapshot`, which reads and writes its files"
        )

    serialize: Any = _not_here
    read_snapshot_collection: Any = _not_here
    read_snapshot_data_from_location: Any = _not_here
    write_snapshot_collection: Any = _not_here
    delete_snapshots: Any = _not_here

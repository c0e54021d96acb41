"""The syrupy extension: a test's folder is a collection, and each file in it a snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from syrupy.data import Snapshot, SnapshotCollection, SnapshotCollections
from syrupy.extensions.base import AbstractSyrupyExtension

from novu_framework_testing.snapshots.files import read_if_there, remove, write_atomically
from novu_framework_testing.snapshots.names import FileName, folder

if TYPE_CHECKING:
    from syrupy.location import PyTestLocation
    from syrupy.types import SerializableData, SerializedData, SnapshotIndex


class NovuSnapshotExtension(AbstractSyrupyExtension):
    """Stores files at `__snapshots__/<test module>/<test name>/`; the index of a snapshot is its file's name.

    Syrupy knows a snapshot as `test_name[01-welcome-email.txt]`, which is how it tells what a run has left
    unused, and its options for that work as for its own extensions.
    """

    write_immediately = True

    def serialize(self, data: SerializableData, **_: Any) -> SerializedData:
        if not isinstance(data, bytes):
            raise TypeError(f"the content of a snapshot file is bytes, not {type(data).__name__}")
        return data

    @classmethod
    def get_location(cls, *, test_location: PyTestLocation, index: SnapshotIndex) -> str:
        return str(cls.test_folder(test_location))

    @classmethod
    def test_folder(cls, test_location: PyTestLocation) -> Path:
        """The folder of the snapshots of one test."""
        return Path(cls.dirname(test_location=test_location)) / folder(test_location.snapshot_name)

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(Path(super().dirname(test_location=test_location)) / test_location.basename)

    @classmethod
    def discovery_dirname(cls, *, test_location: PyTestLocation) -> str:
        # Above the module's folder, so that what a deleted module left behind is found.
        return str(Path(cls.dirname(test_location=test_location)).parent)

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        return f"{folder(test_location.snapshot_name)}[{index}]"

    @classmethod
    def matches_test_location(cls, *, test_location: PyTestLocation, snapshot_location: str) -> bool:
        return cls.test_folder(test_location) == Path(snapshot_location)

    def discover_snapshots(
        self, *, test_location: PyTestLocation, ignore_extensions: list[str] | None = None
    ) -> SnapshotCollections:
        discovered = SnapshotCollections()
        root = Path(self.discovery_dirname(test_location=test_location))
        for location in sorted(root.glob("*/*")):
            if location.is_dir():
                collection = self.read_snapshot_collection(snapshot_location=str(location))
                if collection.has_snapshots:
                    discovered.add(collection)
        return discovered

    def read_snapshot_collection(self, *, snapshot_location: str) -> SnapshotCollection:
        collection = SnapshotCollection(location=snapshot_location)
        for file in sorted(Path(snapshot_location).iterdir()):
            if FileName.parse(file.name) is not None:
                collection.add(Snapshot(name=f"{Path(snapshot_location).name}[{file.name}]"))
        return collection

    def read_snapshot_data_from_location(
        self, *, snapshot_location: str, snapshot_name: str, session_id: str
    ) -> SerializedData | None:
        return read_if_there(Path(snapshot_location) / self.file_name(snapshot_name))

    @classmethod
    def write_snapshot(cls, *, snapshot_location: str, snapshots: list[Any], **_: Any) -> None:
        # In place of syrupy's own, which would relate a folder's name to a test's as if it were a file's.
        for data, _location, index in snapshots:
            write_atomically(Path(snapshot_location) / str(index), data)

    @classmethod
    def write_snapshot_collection(cls, *, snapshot_collection: SnapshotCollection, **_: Any) -> None:
        for snapshot in snapshot_collection:
            assert isinstance(snapshot.data, bytes)
            write_atomically(Path(snapshot_collection.location) / cls.file_name(snapshot.name), snapshot.data)

    def delete_snapshots(self, *, snapshot_location: str, snapshot_names: set[str]) -> None:
        for name in snapshot_names:
            remove(Path(snapshot_location) / self.file_name(name))

    @staticmethod
    def file_name(snapshot_name: str) -> str:
        """The file of a snapshot that syrupy knows as `test_name[file]`."""
        return snapshot_name[snapshot_name.rindex("[") + 1 :].removesuffix("]")

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
        """Return `data`, which is the content of a file already."""
        if not isinstance(data, bytes):
            raise TypeError(f"the content of a snapshot file is bytes, not {type(data).__name__}")
        return data

    @classmethod
    def get_location(cls, *, test_location: PyTestLocation, index: SnapshotIndex) -> str:
        """Return the path of the test's folder, which is a collection to syrupy."""
        return str(cls.test_folder(test_location))

    @classmethod
    def test_folder(cls, test_location: PyTestLocation) -> Path:
        """Return the folder of the snapshots of one test."""
        return Path(cls.dirname(test_location=test_location)) / folder(test_location.snapshot_name)

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        """Return the folder of the test's module."""
        return str(Path(super().dirname(test_location=test_location)) / test_location.basename)

    @classmethod
    def discovery_dirname(cls, *, test_location: PyTestLocation) -> str:
        """Return the folder above the module's, so that what a deleted module left behind is found."""
        return str(Path(cls.dirname(test_location=test_location)).parent)

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        """Return what syrupy calls a file: the test's folder and the name of the file, `index`."""
        return f"{folder(test_location.snapshot_name)}[{index}]"

    @classmethod
    def matches_test_location(cls, *, test_location: PyTestLocation, snapshot_location: str) -> bool:
        """Tell whether a folder is that of the test."""
        return cls.test_folder(test_location) == Path(snapshot_location)

    def discover_snapshots(
        self, *, test_location: PyTestLocation, ignore_extensions: list[str] | None = None
    ) -> SnapshotCollections:
        """Return all snapshots beside the test's module, a collection for each test."""
        discovered = SnapshotCollections()
        root = Path(self.discovery_dirname(test_location=test_location))
        for location in sorted(root.glob("*/*")):
            if location.is_dir():
                collection = self.read_snapshot_collection(snapshot_location=str(location))
                if collection.has_snapshots:
                    discovered.add(collection)
        return discovered

    def read_snapshot_collection(self, *, snapshot_location: str) -> SnapshotCollection:
        """Return the snapshots in a test's folder."""
        collection = SnapshotCollection(location=snapshot_location)
        for file in sorted(Path(snapshot_location).iterdir()):
            if FileName.parse(file.name) is not None:
                collection.add(Snapshot(name=f"{Path(snapshot_location).name}[{file.name}]"))
        return collection

    def read_snapshot_data_from_location(
        self, *, snapshot_location: str, snapshot_name: str, session_id: str
    ) -> SerializedData | None:
        """Return the content of a file, or None if it does not exist."""
        return read_if_there(Path(snapshot_location) / self.file_name(snapshot_name))

    @classmethod
    def write_snapshot(cls, *, snapshot_location: str, snapshots: list[Any], **_: Any) -> None:
        """Write files; syrupy's own method would take the folder's name for a file's."""
        for data, _location, index in snapshots:
            write_atomically(Path(snapshot_location) / str(index), data)

    @classmethod
    def write_snapshot_collection(cls, *, snapshot_collection: SnapshotCollection, **_: Any) -> None:
        """Write all files of a collection."""
        for snapshot in snapshot_collection:
            assert isinstance(snapshot.data, bytes)
            write_atomically(Path(snapshot_collection.location) / cls.file_name(snapshot.name), snapshot.data)

    def delete_snapshots(self, *, snapshot_location: str, snapshot_names: set[str]) -> None:
        """Delete files, and their folder with the last one."""
        for name in snapshot_names:
            remove(Path(snapshot_location) / self.file_name(name))

    @staticmethod
    def file_name(snapshot_name: str) -> str:
        """Return the file of a snapshot that syrupy knows as `test_name[file]`."""
        return snapshot_name[snapshot_name.rindex("[") + 1 :].removesuffix("]")

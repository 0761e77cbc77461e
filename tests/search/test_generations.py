import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_portal.search.engines import Busy, Damaged, EngineUnavailable, Found
from cchc_portal.search.engines.whoosh import Reader, Writer, generations, writing
from cchc_portal.search.engines.whoosh.generations import Generations, check
from tests.search.conftest import document, keys

Find = Callable[..., Found]


@pytest.fixture
def engine_name() -> str:
    return "whoosh"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LOCK_SECONDS", 0.2)
    monkeypatch.setattr("cchc_portal.search.engines.whoosh.reading.CHECK_SECONDS", 0.0)


@pytest.fixture
def folder(writer: Writer, root: Path) -> Path:
    writer.rebuild([document("a", "chữ này"), document("b", "chữ kia")])
    return Generations(root).current()


def test_nobody_else_may_enter(folder: Path, root: Path) -> None:
    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_rebuild_switches_at_once_and_removes_the_old(
    folder: Path, writer: Writer, find: Find, root: Path
) -> None:
    assert keys(find("này")) == ["a"]

    assert writer.rebuild(iter([document("c", "chữ này mới")])) == 1

    assert keys(find("này")) == ["c"]
    assert [path.name for path in root.glob("g-*")] == [Generations(root).current().name]
    assert not folder.exists()


def test_a_failed_rebuild_leaves_the_old_index(folder: Path, writer: Writer, find: Find, root: Path) -> None:
    def broken() -> object:
        yield document("c", "chữ này")
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        writer.rebuild(broken())  # type: ignore[arg-type]

    assert keys(find("này")) == ["a"]
    assert list(root.glob("g-*")) == [folder]


def test_many_documents_are_built_in_batches(
    writer: Writer, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "BUILD_BATCH", 3)

    assert writer.rebuild(document(str(no), "việc") for no in range(10)) == 10
    assert find("việc").total == 10


def test_without_an_index_nothing_is_found_or_written(writer: Writer, find: Find) -> None:
    with pytest.raises(EngineUnavailable):
        find("này")
    with pytest.raises(Damaged):
        writer.update([document("a", "chữ")])
    with pytest.raises(Damaged):
        writer.check()


@pytest.mark.usefixtures("folder")
def test_a_deleted_folder_is_noticed_by_open_readers(writer: Writer, find: Find, root: Path) -> None:
    find("này")

    shutil.rmtree(root)

    with pytest.raises(EngineUnavailable):
        find("này")
    with pytest.raises(Damaged):
        writer.check()
    assert writer.rebuild([document("a", "chữ này")]) == 1
    assert keys(find("này")) == ["a"]


@pytest.mark.parametrize("damage", ["truncate", "garble", "remove", "same size"])
def test_damage_to_any_file_is_noticed(damage: str, writer: Writer, reader: Reader, root: Path) -> None:
    names = _names(writer, root)
    for name in names:
        writer.rebuild([document("a", "chữ này")])
        folder = Generations(root).current()
        path = next(path for path in folder.iterdir() if name in (path.suffix, path.name))

        _damage(path, damage)

        with pytest.raises(Damaged):
            writer.check()
        with pytest.raises(EngineUnavailable):
            reader.revisions()


def test_an_untouched_index_passes_after_being_copied(folder: Path, writer: Writer) -> None:
    for path in folder.iterdir():
        os.utime(path, (0, 0))

    writer.check()


def test_an_index_of_another_version_is_rebuilt(
    folder: Path, writer: Writer, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "VERSIONS", {"schema": 99, "analysis": 99})

    with pytest.raises(Damaged, match="version"):
        writer.check()
    with pytest.raises(EngineUnavailable):
        find("này")


def test_a_pointer_out_of_the_folder_is_not_followed(folder: Path, root: Path) -> None:
    (root / "CURRENT").write_text("g-/../../elsewhere")

    with pytest.raises(Damaged):
        Generations(root).current()
    assert folder.exists()


def test_files_ahead_of_their_seal_are_no_damage_while_a_writer_is_at_it(
    folder: Path, writer: Writer, find: Find
) -> None:
    find("này")

    with generations.changing(folder):
        (folder / "new.seg").write_bytes(b"x")
        assert keys(find("này")) == ["a"]
    writer.update([document("c", "thêm")])

    check(folder)
    assert keys(find("thêm")) == ["c"]


def test_a_second_writer_is_told_to_wait(folder: Path, writer: Writer, root: Path) -> None:
    other = Writer(root, writer._dictionary)  # noqa: SLF001 - stands for another process

    with writer._alone(), pytest.raises(Busy):  # noqa: SLF001
        other.update([document("c", "thêm")])
    other.update([document("c", "thêm")])


@pytest.mark.usefixtures("folder")
def test_the_lock_is_free_after_an_error(writer: Writer, find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_document: object, _dictionary: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(writing, "row", fail)
        with pytest.raises(OSError, match="disk full"):
            writer.update([document("c", "thêm")])

    writer.update([document("c", "thêm")])
    assert keys(find("thêm")) == ["c"]


@pytest.mark.usefixtures("folder")
def test_a_crash_between_commit_and_seal_is_noticed_and_mended(
    writer: Writer, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_folder: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(writing, "seal", crash)
        with pytest.raises(KeyboardInterrupt):
            writer.update([document("c", "thêm")])

    with pytest.raises(Damaged):
        writer.check()
    with pytest.raises(EngineUnavailable):
        find("thêm")
    writer.rebuild([document("c", "thêm")])
    assert keys(find("thêm")) == ["c"]


def _names(writer: Writer, root: Path) -> list[str]:
    writer.rebuild([document("a", "chữ này")])
    folder = Generations(root).current()
    return [path.suffix or path.name for path in folder.iterdir() if not path.name.endswith("LOCK")]


def _damage(path: Path, how: str) -> None:
    size = path.stat().st_size
    if how == "truncate":
        os.truncate(path, size // 2)
    elif how == "garble":
        path.write_bytes(os.urandom(size + 7))
    elif how == "same size":
        path.write_bytes(bytes(byte ^ 0xFF for byte in path.read_bytes()))
    else:
        path.unlink()

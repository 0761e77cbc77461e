import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_portal.cli import memory

ARGON2_IN_THREADS = """
import threading
from pathlib import Path
from cchc_portal.accounts import passwords
from cchc_portal.cli import memory

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

memory.return_large_pieces()
before = resident()
threads = [threading.Thread(target=lambda: [passwords.hashed("mot cau de nho") for _ in range(3)]) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(resident() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="speaks of glibc")
def test_memory_of_password_hashes_is_given_back() -> None:
    run = subprocess.run(
        [sys.executable, "-c", ARGON2_IN_THREADS], capture_output=True, text=True, check=True, timeout=60
    )

    assert int(run.stdout) < 15 * 1024 * 1024


def test_the_door_leaves_the_collector_at_work_and_what_is_loaded_out_of_it(tmp_path: Path) -> None:
    ask = "import gc, wsgi; print(gc.isenabled(), gc.get_freeze_count() > 100_000)"
    environ = {**os.environ, "CCHC_DATA_DIR": str(tmp_path)}

    run = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, text=True, check=True, timeout=60, env=environ
    )

    assert run.stdout == "True True\n"


def test_what_is_loaded_is_left_alone_by_the_collector() -> None:
    memory.share_what_is_loaded()
    frozen = gc.get_freeze_count()
    gc.unfreeze()

    assert frozen > 10_000

"""Starting servers, and what the operating system says they cost."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
LONGEST_START = 60.0
GUNICORN = ("--workers", "2", "--threads", "4", "--worker-class", "gthread", "--log-level", "warning")


@dataclass(frozen=True)
class Server:
    """A running server.

    Args:
        port: where it listens on this machine.
        process: its first process.
        started: seconds from starting the process to the first page.
    """

    port: int
    process: subprocess.Popen[bytes]
    started: float

    def cpu(self) -> float:
        """Return the processor seconds its processes have used so far."""
        return sum(_cpu(pid) for pid in _tree(self.process.pid))

    def memory(self) -> float:
        """Return its memory in MiB; pages that its processes share count once."""
        return sum(_proportional(pid) for pid in _tree(self.process.pid)) / 1024


@contextmanager
def portal(folder: Path, *, log: Path, worker: bool = False) -> Iterator[Server]:
    """Run the portal as in production over a data folder."""
    port = _free_port()
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--port", str(port)]
    command += [] if worker else ["--no-worker"]
    environ = {"CCHC_DATA_DIR": str(folder), "CCHC_DEMO": "1"}
    with _run(command, environ, port, "/sign-in", log) as server:
        yield server


@contextmanager
def limit(database: Path, *, log: Path) -> Iterator[Server]:
    """Run the bare program over its database."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", *GUNICORN, "--preload", "-b", f"127.0.0.1:{port}"]
    environ = {"LIMIT_DATABASE": str(database)}
    with _run([*command, "bench.limit:app"], environ, port, "/sign-in/1", log) as server:
        yield server


def run(arguments: list[str], folder: Path) -> None:
    """Run a command of the portal over a data folder."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    environ = _environ({"CCHC_DATA_DIR": str(folder)})
    subprocess.run(command, cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _run(command: list[str], environ: Mapping[str, str], port: int, path: str, log: Path) -> Iterator[Server]:
    began = time.perf_counter()
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=_environ(environ), stdout=out, stderr=out, start_new_session=True
        )
    try:
        _wait_for(port, path, process)
        yield Server(port, process, time.perf_counter() - began)
    finally:
        _stop(process)


def _environ(more: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without the portal's settings of the person who measures."""
    return {name: value for name, value in os.environ.items() if not name.startswith("CCHC_")} | dict(more)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def _wait_for(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", path)
            connection.getresponse().read()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise SystemExit("a server did not start; see its log")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _tree(first: int) -> list[int]:
    """Return a process and everything it started that still runs."""
    parents = {int(path.name): _parent(path) for path in Path("/proc").iterdir() if path.name.isdigit()}
    family = [first]
    for pid in family:
        family += [child for child, parent in parents.items() if parent == pid]
    return family


def _parent(path: Path) -> int:
    try:
        return int(_fields(path)[1])
    except OSError:
        return 0


def _cpu(pid: int) -> float:
    fields = _fields(Path(f"/proc/{pid}"))
    return (int(fields[11]) + int(fields[12])) / TICKS


def _fields(path: Path) -> list[str]:
    """Return what /proc/<pid>/stat says after the command's name, from the state on."""
    return (path / "stat").read_text().rpartition(")")[2].split()


def _proportional(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0

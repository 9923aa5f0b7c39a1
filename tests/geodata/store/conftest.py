"""The engines the store runs on: an SQLite file, and a PostgreSQL server of the tests' own."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa

from geodata.core.text import speaking
from geodata.store import Store
from tests.geodata.store.samples import RECORDS, REGISTER

BINARIES = Path("/usr/lib/postgresql/15/bin")
EXTENSION = Path("/usr/share/postgresql/15/extension/postgis.control")
ABSENT = "tests on PostgreSQL need postgresql-15-postgis-3 (Debian: apt install it)"
START_S = 60
# What is lost in a power cut is not what is tested here.
FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"


@pytest.fixture
def english():
    """Have the store speak as its code is written, so that tests can read it."""
    with speaking("en"):
        yield


class Server:
    """A PostgreSQL cluster that only this machine reaches, with templates of stores."""

    def __init__(self, folder):
        self.folder = folder
        # PostgreSQL refuses to work as root; Debian's package brings a user for it.
        self._as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._as:
            shutil.chown(folder, "postgres")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._call("initdb", "-D", "data", "-U", "hg", "-A", "trust", "-E", "UTF8", "-N")
        self.start()
        self.admin = sa.create_engine(
            self.url("postgres"), isolation_level="AUTOCOMMIT", pool_pre_ping=True
        )

    def start(self):
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 {FAST}"
        self._call("pg_ctl", "-D", "data", "-w", "-t", str(START_S), "-o", options, "-l", "log",
                   "start")  # fmt: skip
        self.runs = True

    def halt(self):
        """Stop as a machine does that is shut down: who is connected is cut off."""
        self._call("pg_ctl", "-D", "data", "-m", "fast", "stop")
        self.runs = False

    def _call(self, name, *arguments):
        command = [*self._as, str(BINARIES / name), *arguments]
        done = subprocess.run(
            command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=(self.folder / "out").open("a"),
            stderr=subprocess.STDOUT,
            check=False,
        )
        assert done.returncode == 0, (self.folder / "out").read_text()

    def url(self, database):
        return f"postgresql+psycopg://hg@127.0.0.1:{self.port}/{database}"

    def make(self, template="template1"):
        """Make a database like another one and return its URL."""
        name = f"hg_{uuid.uuid4().hex}"
        with self.admin.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE {name} TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, url):
        with self.admin.connect() as connection:
            name = sa.make_url(url).database
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self):
        self.admin.dispose()
        self._call("pg_ctl", "-D", "data", "-m", "immediate", "stop")


@pytest.fixture(scope="session")
def server():
    if not (BINARIES.is_dir() and EXTENSION.exists()):
        if os.environ.get("HG_TEST_ALL") == "1":
            pytest.fail(ABSENT, pytrace=False)
        pytest.skip(ABSENT)
    folder = Path(tempfile.mkdtemp(prefix="hg-postgresql-"))  # its user cannot reach pytest's
    try:
        server = Server(folder)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def templates(server):
    """Two databases to be copied: with PostGIS, and a store with the shipped data."""
    bare = server.make()
    administrator = sa.create_engine(bare)
    with administrator.begin() as connection:
        connection.exec_driver_sql("CREATE EXTENSION postgis")
    administrator.dispose()
    made = server.make(sa.make_url(bare).database)
    store = Store(made)
    store.create(REGISTER, RECORDS)
    store._engine.dispose()
    return {"bare": sa.make_url(bare).database, "made": sa.make_url(made).database}


@pytest.fixture(scope="session")
def file(tmp_path_factory):
    """A store with the shipped data in a file, to be copied."""
    path = tmp_path_factory.mktemp("made") / "store.sqlite"
    Store(f"sqlite:///{path}").create(REGISTER, RECORDS)
    return path


@pytest.fixture
def postgresql(server, templates):
    """Make databases on the server, gone after the test."""
    made = []

    def make(template="bare"):
        made.append(server.make(templates[template]))
        return made[-1]

    yield make
    for url in made:
        server.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def on(request):
    """Say which engine a test runs on."""
    return request.param


@pytest.fixture
def new_url(on, request, tmp_path):
    """Make addresses of stores that are not there yet."""
    if on == "postgresql":
        return request.getfixturevalue("postgresql")
    return lambda: f"sqlite:///{tmp_path}/{uuid.uuid4().hex}/store.sqlite"


@pytest.fixture
def empty(new_url):
    store = Store(new_url())
    yield store
    store._engine.dispose()


@pytest.fixture
def store(on, request, tmp_path):
    """A store with the shipped data."""
    if on == "postgresql":
        url = request.getfixturevalue("postgresql")("made")
    else:
        path = tmp_path / "var" / "store.sqlite"
        path.parent.mkdir()
        shutil.copy(request.getfixturevalue("file"), path)
        url = f"sqlite:///{path}"
    store = Store(url)
    yield store
    store._engine.dispose()


@pytest.fixture
def url(store):
    return store._engine.url.render_as_string(hide_password=False)


@pytest.fixture
def forked():
    """Run a function in a child process and kill it when told; returns its exit code."""
    children = []

    def start(work):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                work()
                code = 0
            finally:
                os._exit(code)
        children.append(child)
        return child

    yield start
    for child in children:
        try:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        except (ProcessLookupError, ChildProcessError):  # ended and waited for already
            continue

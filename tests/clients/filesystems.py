"""ossfs by fsspec's URLs, with and without coroutines, and pandas on top of it."""

from __future__ import annotations

import importlib
import io
from typing import Any, ClassVar

from tests.clients.client import Client, Pairs, Seen
from tests.clients.places import BUCKET, Place
from tests.clients.sdks_async import PINNED

CONTENTS = "takes and gives whole contents"
NO_HEADERS = "has no way to headers or parameters"


class Ossfs(Client):
    name = "ossfs"
    needs = ("ossfs",)
    requires = PINNED
    cannot: ClassVar = {
        "put str": "takes bytes",
        "put a file from the middle": CONTENTS,
        "put a generator": CONTENTS,
        "put an iterator": CONTENTS,
        "put read(n) only": CONTENTS,
        "304": NO_HEADERS,
        "412": NO_HEADERS,
        "gzip object read raw": NO_HEADERS,
        "empty and repeated query": NO_HEADERS,
        "Expect: 100-continue": NO_HEADERS,
        "non-latin-1 metadata": NO_HEADERS,
        "duplicate headers": NO_HEADERS,
        "multipart": "appends instead",
    }
    protocol: ClassVar = "OSSFileSystem"

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        kind = getattr(importlib.import_module("ossfs"), self.protocol)
        self.fs = kind(skip_instance_cache=True, **self.options)

    @property
    def options(self) -> dict[str, str]:
        """What fsspec calls storage options."""
        key, secret = self.place.credentials
        return {"endpoint": self.place.endpoint, "key": key, "secret": secret}

    def put(self, key: str, body: Any, headers: Pairs = ()) -> Seen:
        self.fs.pipe_file(f"oss://{BUCKET}/{key}", body)
        return Seen()

    def get(self, key: str, headers: Pairs = (), *, bucket: str = BUCKET, query: str = "") -> Seen:
        return Seen(body=self.fs.cat_file(f"oss://{bucket}/{key}"))

    def part(self, key: str, first: int, last: int) -> Seen:
        with self.fs.open(f"oss://{BUCKET}/{key}", "rb") as file:
            file.seek(first)
            return Seen(body=file.read(last - first + 1))

    def head(self, key: str) -> Seen:
        info = self.fs.info(f"oss://{BUCKET}/{key}")
        return Seen(detail=info["size"])

    def delete(self, key: str) -> Seen:
        self.fs.rm(f"oss://{BUCKET}/{key}")
        return Seen()

    def keys(self, prefix: str) -> list[str]:
        found = self.fs.find(f"oss://{BUCKET}/{prefix}")
        return [str(path).split("/", 2 if str(path).startswith("/") else 1)[-1] for path in found]


class AsyncOssfs(Ossfs):
    name = "ossfs async"
    protocol: ClassVar = "AioOSSFileSystem"


class Pandas(Client):
    name = "pandas"
    needs = ("pandas", "ossfs")
    requires = PINNED
    cannot: ClassVar = {
        **Ossfs.cannot,
        "put bytes": "writes text of a table",
        "range": "reads whole files",
        "HEAD": "reads whole files",
        "odd keys": "fsspec takes some characters of a path for patterns",
        "list": "reads single files",
        "multipart": "writes in one piece",
        "delete": "does not delete",
    }

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        key, secret = place.credentials
        self.options = {"endpoint": place.endpoint, "key": key, "secret": secret, "skip_instance_cache": True}

    def put(self, key: str, body: Any, headers: Pairs = ()) -> Seen:
        pandas = importlib.import_module("pandas")
        table = pandas.read_csv(io.StringIO(body))
        table.to_csv(f"oss://{BUCKET}/{key}", index=False, storage_options=self.options)
        return Seen()

    def get(self, key: str, headers: Pairs = (), *, bucket: str = BUCKET, query: str = "") -> Seen:
        pandas = importlib.import_module("pandas")
        table = pandas.read_csv(f"oss://{bucket}/{key}", storage_options=self.options)
        return Seen(body=table.to_csv(index=False).encode())

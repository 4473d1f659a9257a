"""HTTP clients that know nothing of OSS, on presigned URLs: what they share, and the synchronous ones."""

from __future__ import annotations

import http.client
import io
import re
import urllib.error
import urllib.request
from importlib.metadata import version
from typing import Any, ClassVar
from urllib.parse import urlsplit

from tests.clients.client import Client, Pairs, Seen, pairs
from tests.clients.places import BUCKET, Place
from tests.clients.presigned import presigned

TYPED: Pairs = (("Content-Type", "application/octet-stream"),)
"""Sent by every upload, since some libraries make up a type that was not signed."""


class Plain(Client):
    """The verbs of OSS in terms of single HTTP requests."""

    def send(self, method: str, url: str, headers: Pairs = (), body: Any = None, *, raw: bool = False) -> Seen:
        """One request; `raw` asks for the body without its content coding undone."""
        raise NotImplementedError

    def ask(
        self, method: str, key: str = "", *, query: str = "", headers: Pairs = (), body: Any = None, **more: Any
    ) -> Seen:
        """One request on a URL signed for it."""
        bucket = more.pop("bucket", BUCKET)
        return self.send(method, presigned(self.place, method, bucket, key, query, headers), headers, body, **more)

    def put(self, key: str, body: Any, headers: Pairs = ()) -> Seen:
        return self.ask("PUT", key, headers=TYPED + headers, body=body)

    def get(self, key: str, headers: Pairs = (), *, bucket: str = BUCKET, query: str = "") -> Seen:
        return self.ask("GET", key, headers=headers, bucket=bucket, query=query)

    def raw(self, key: str) -> Seen:
        return self.ask("GET", key, headers=(("Accept-Encoding", "gzip"),), raw=True)

    def head(self, key: str) -> Seen:
        return self.ask("HEAD", key)

    def delete(self, key: str) -> Seen:
        return self.ask("DELETE", key)

    def keys(self, prefix: str) -> list[str]:
        seen = self.ask("GET", query=f"list-type=2&prefix={prefix}")
        return re.findall("<Key>([^<]*)</Key>", (seen.body or b"").decode())

    def multipart(self, key: str, parts: list[bytes]) -> Seen:
        begun = self.ask("POST", key, query="uploads", headers=TYPED, body=b"")
        (upload_id,) = re.findall("<UploadId>([^<]*)</UploadId>", (begun.body or b"").decode())
        listed = ""
        for number, part in enumerate(parts, 1):
            query = f"partNumber={number}&uploadId={upload_id}"
            etag = self.ask("PUT", key, query=query, headers=TYPED, body=part).header("etag")
            listed += f"<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>"
        document = f"<CompleteMultipartUpload>{listed}</CompleteMultipartUpload>".encode()
        return self.ask("POST", key, query=f"uploadId={upload_id}", headers=TYPED, body=document)


class Requests(Plain):
    name = "requests"
    needs = ("requests",)
    on_requests = True
    cannot: ClassVar = {"duplicate headers": "headers are a mapping"}

    @classmethod
    def too_old(cls, case: str) -> str:
        first = version("urllib3").startswith("1.")
        return "urllib3 1.26 raises TypeError on the way to a real port" if first and case == "put read(n) only" else ""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        import requests

        self.session = requests.Session()

    def send(self, method: str, url: str, headers: Pairs = (), body: Any = None, *, raw: bool = False) -> Seen:
        answer = self.session.request(method, url, data=body, headers=dict(headers), stream=True)
        content = answer.raw.read(decode_content=False) if raw else answer.content
        return Seen(answer.status_code, content, pairs(answer.headers))

    def close(self) -> None:
        self.session.close()


class Urllib3(Plain):
    name = "urllib3"
    needs = ("urllib3",)

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        import urllib3

        self.pool = urllib3.PoolManager(retries=False)

    def send(self, method: str, url: str, headers: Pairs = (), body: Any = None, *, raw: bool = False) -> Seen:
        from urllib3._collections import HTTPHeaderDict

        given: Any = HTTPHeaderDict()
        for name, value in headers:
            given.add(name, value)
        answer = self.pool.request(method, url, body=body, headers=given, preload_content=False)
        content = answer.read(decode_content=not raw)  # at the end the connection goes back to the pool by itself
        return Seen(answer.status, content, pairs(answer.headers.items()))

    def close(self) -> None:
        self.pool.clear()


class UrllibRequest(Plain):
    name = "urllib.request"
    cannot: ClassVar = {"duplicate headers": "headers are a mapping"}

    def send(self, method: str, url: str, headers: Pairs = (), body: Any = None, *, raw: bool = False) -> Seen:
        request = urllib.request.Request(url, data=_encoded(body), headers=dict(headers), method=method)
        try:
            answer = urllib.request.urlopen(request)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Seen(answer.status, answer.read(), pairs(answer.headers.items()))


class HttpClient(Plain):
    name = "http.client"

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.connections: dict[str, http.client.HTTPConnection] = {}

    def send(self, method: str, url: str, headers: Pairs = (), body: Any = None, *, raw: bool = False) -> Seen:
        split = urlsplit(url)
        kind = http.client.HTTPSConnection if split.scheme == "https" else http.client.HTTPConnection
        connection = self.connections.setdefault(split.netloc, kind(split.netloc, timeout=10))
        body = _encoded(body)
        connection.putrequest(method, f"{split.path}?{split.query}")
        for name, value in headers:
            connection.putheader(name, value)
        chunked = body is not None and not isinstance(body, bytes)
        if chunked:
            connection.putheader("Transfer-Encoding", "chunked")
        elif body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body, **({"encode_chunked": True} if chunked else {}))
        answer = connection.getresponse()
        return Seen(answer.status, answer.read(), pairs(answer.getheaders()))

    def close(self) -> None:
        for connection in self.connections.values():
            connection.close()


class Httpx(Plain):
    name = "httpx"
    needs = ("httpx",)
    cannot: ClassVar = {
        "put a file from the middle": "counts a file's length from its beginning",
        "put read(n) only": "takes iterables",
    }

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        import httpx

        self.client = httpx.Client(trust_env=False)

    def send(self, method: str, url: str, headers: Pairs = (), body: Any = None, *, raw: bool = False) -> Seen:
        with self.client.stream(method, url, headers=list(headers), content=body) as answer:
            content = b"".join(answer.iter_raw()) if raw else answer.read()
        return Seen(answer.status_code, content, pairs(answer.headers.multi_items()))

    def close(self) -> None:
        self.client.close()


def _encoded(body: Any) -> Any:
    """Text as bytes: the standard library takes none, so its user encodes it."""
    return body.encode() if isinstance(body, str) else body


def from_the_middle(data: bytes) -> io.BytesIO:
    """A file that was read to some point already; `data` is the rest."""
    file = io.BytesIO(b"not sent" + data)
    file.seek(8)
    return file

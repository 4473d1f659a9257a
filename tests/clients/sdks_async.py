"""The SDKs of coroutines: SDK v2's and aiooss2."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from typing import Any, ClassVar

from tests.clients.client import AsyncClient, Pairs, Seen, pairs
from tests.clients.places import BUCKET
from tests.clients.sdks import DECODES, MAPPING, PARAMETERS, configured

PINNED = ": it needs an older oss2 and aiohttp, so CI runs it in an environment of its own"


class AsyncSdkV2(AsyncClient):
    name = "SDK v2 async"
    needs = ("alibabacloud_oss_v2", "aiohttp")
    cannot: ClassVar = {
        "duplicate headers": MAPPING,
        "empty and repeated query": PARAMETERS,
        "gzip object read raw": DECODES,
        "put read(n) only": "takes files that can seek",
    }

    async def open(self) -> None:
        from alibabacloud_oss_v2 import aio

        self.client = aio.AsyncClient(configured(self.place))

    def put(self, key: str, body: Any, headers: Pairs = ()) -> Seen:
        import alibabacloud_oss_v2 as oss

        request = oss.PutObjectRequest(bucket=BUCKET, key=key, body=body, headers=dict(headers))
        answer = self.run(self.client.put_object(request))
        return Seen(answer.status_code, None, pairs(answer.headers), detail=(answer.etag, answer.hash_crc64))

    def get(self, key: str, headers: Pairs = (), *, bucket: str = BUCKET, query: str = "") -> Seen:
        return self.run(self._get(bucket, key, headers))

    async def _get(self, bucket: str, key: str, headers: Pairs) -> Seen:
        import alibabacloud_oss_v2 as oss

        answer = await self.client.get_object(oss.GetObjectRequest(bucket=bucket, key=key, headers=dict(headers)))
        body: Any = answer.body
        content = b"".join([block async for block in await body.iter_bytes()])
        return Seen(answer.status_code, content, pairs(answer.headers))

    def head(self, key: str) -> Seen:
        import alibabacloud_oss_v2 as oss

        answer = self.run(self.client.head_object(oss.HeadObjectRequest(bucket=BUCKET, key=key)))
        return Seen(answer.status_code, None, pairs(answer.headers), detail=answer.content_length)

    def delete(self, key: str) -> Seen:
        import alibabacloud_oss_v2 as oss

        answer = self.run(self.client.delete_object(oss.DeleteObjectRequest(bucket=BUCKET, key=key)))
        return Seen(answer.status_code, None, pairs(answer.headers))

    def keys(self, prefix: str) -> list[str]:
        return self.run(self._keys(prefix))

    async def _keys(self, prefix: str) -> list[str]:
        import alibabacloud_oss_v2 as oss

        pages = self.client.list_objects_v2_paginator()
        request = oss.ListObjectsV2Request(bucket=BUCKET, prefix=prefix, max_keys=2)
        return [each.key async for page in pages.iter_page(request) for each in page.contents or ()]

    def multipart(self, key: str, parts: list[bytes]) -> Seen:
        return self.run(self._multipart(key, parts))

    async def _multipart(self, key: str, parts: list[bytes]) -> Seen:
        import alibabacloud_oss_v2 as oss

        client = self.client
        begun = await client.initiate_multipart_upload(oss.InitiateMultipartUploadRequest(bucket=BUCKET, key=key))
        done = []
        for number, part in enumerate(parts, 1):
            request = oss.UploadPartRequest(
                bucket=BUCKET, key=key, upload_id=begun.upload_id, part_number=number, body=part
            )
            done.append(oss.UploadPart(part_number=number, etag=(await client.upload_part(request)).etag))
        ended = await client.complete_multipart_upload(
            oss.CompleteMultipartUploadRequest(
                bucket=BUCKET,
                key=key,
                upload_id=begun.upload_id,
                complete_multipart_upload=oss.CompleteMultipartUpload(parts=done),
            )
        )
        return Seen(ended.status_code, None, pairs(ended.headers), detail=ended.etag)

    async def shut(self) -> None:
        await self.client.close()


async def _reads(answer: Any) -> AsyncIterator[bytes]:
    """Every chunk: one `read()` of aiooss2 gives only what has arrived."""
    while part := await answer.read():
        yield part


class Aiooss2(AsyncClient):
    name = "aiooss2"
    needs = ("aiooss2",)
    requires = PINNED
    cannot: ClassVar = {
        "duplicate headers": MAPPING,
        "empty and repeated query": PARAMETERS,
        "gzip object read raw": DECODES,
    }

    async def open(self) -> None:
        self.session = await importlib.import_module("aiooss2.http").AioSession().__aenter__()

    def bucket(self, name: str = BUCKET) -> Any:
        """aiooss2's object for a bucket."""
        import oss2

        aiooss2 = importlib.import_module("aiooss2")
        return aiooss2.AioBucket(oss2.Auth(*self.place.credentials), self.place.endpoint, name, session=self.session)

    def put(self, key: str, body: Any, headers: Pairs = ()) -> Seen:
        answer = self.run(self.bucket().put_object(key, body, headers=dict(headers)))
        return Seen(answer.status, None, pairs(answer.headers), detail=(answer.etag, answer.crc))

    def get(self, key: str, headers: Pairs = (), *, bucket: str = BUCKET, query: str = "") -> Seen:
        return self.run(self._get(bucket, key, headers))

    async def _get(self, bucket: str, key: str, headers: Pairs) -> Seen:
        async with await self.bucket(bucket).get_object(key, headers=dict(headers)) as answer:
            parts = [part async for part in _reads(answer)]
            return Seen(answer.status, b"".join(parts), pairs(answer.headers))

    def head(self, key: str) -> Seen:
        answer = self.run(self.bucket().head_object(key))
        return Seen(answer.status, None, pairs(answer.headers), detail=answer.content_length)

    def delete(self, key: str) -> Seen:
        answer = self.run(self.bucket().delete_object(key))
        return Seen(answer.status, None, pairs(answer.headers))

    def keys(self, prefix: str) -> list[str]:
        return self.run(self._keys(prefix))

    async def _keys(self, prefix: str) -> list[str]:
        iterate = importlib.import_module("aiooss2").AioObjectIterator
        return [each.key async for each in iterate(self.bucket(), prefix=prefix, max_keys=2)]

    def multipart(self, key: str, parts: list[bytes]) -> Seen:
        return self.run(self._multipart(key, parts))

    async def _multipart(self, key: str, parts: list[bytes]) -> Seen:
        from oss2.models import PartInfo

        bucket = self.bucket()
        upload_id = (await bucket.init_multipart_upload(key)).upload_id
        done = [
            PartInfo(number, (await bucket.upload_part(key, upload_id, number, part)).etag)
            for number, part in enumerate(parts, 1)
        ]
        answer = await bucket.complete_multipart_upload(key, upload_id, done)
        return Seen(answer.status, None, pairs(answer.headers), detail=answer.etag)

    async def shut(self) -> None:
        await self.session.__aexit__(None, None, None)

"""The official SDKs that block: oss2 and SDK v2."""

from __future__ import annotations

from typing import Any, ClassVar

from tests.clients.client import Client, Pairs, Seen, pairs
from tests.clients.places import BUCKET, REGION, Place

MAPPING = "headers are a mapping"
PARAMETERS = "query parameters are a mapping"
DECODES = "always undoes the coding"


class Oss2(Client):
    name = "oss2"
    needs = ("oss2",)
    on_requests = True
    cannot: ClassVar = {"duplicate headers": MAPPING, "empty and repeated query": PARAMETERS}

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        import oss2

        self.session = oss2.Session()

    def bucket(self, name: str = BUCKET) -> Any:
        """oss2's object for a bucket."""
        import oss2

        return oss2.Bucket(oss2.Auth(*self.place.credentials), self.place.endpoint, name, session=self.session)

    def put(self, key: str, body: Any, headers: Pairs = ()) -> Seen:
        calls: list[tuple[int, int | None]] = []
        answer = self.bucket().put_object(
            key, body, headers=dict(headers), progress_callback=lambda *call: calls.append(call)
        )
        return Seen(answer.status, None, pairs(answer.headers), detail=(answer.etag, answer.crc, calls))

    def get(self, key: str, headers: Pairs = (), *, bucket: str = BUCKET, query: str = "") -> Seen:
        answer = self.bucket(bucket).get_object(key, headers=dict(headers))
        return Seen(answer.status, answer.read(), pairs(answer.headers), detail=answer.client_crc)

    def raw(self, key: str) -> Seen:
        answer = self.bucket().get_object(key, headers={"Accept-Encoding": "gzip"})
        return Seen(answer.status, answer.resp.response.raw.read(decode_content=False), pairs(answer.headers))

    def head(self, key: str) -> Seen:
        answer = self.bucket().head_object(key)
        return Seen(answer.status, None, pairs(answer.headers), detail=answer.content_length)

    def delete(self, key: str) -> Seen:
        answer = self.bucket().delete_object(key)
        return Seen(answer.status, None, pairs(answer.headers))

    def keys(self, prefix: str) -> list[str]:
        import oss2

        return [each.key for each in oss2.ObjectIteratorV2(self.bucket(), prefix, max_keys=2)]

    def multipart(self, key: str, parts: list[bytes]) -> Seen:
        from oss2.models import PartInfo

        bucket = self.bucket()
        upload_id = bucket.init_multipart_upload(key).upload_id
        done = [
            PartInfo(number, bucket.upload_part(key, upload_id, number, part).etag)
            for number, part in enumerate(parts, 1)
        ]
        answer = bucket.complete_multipart_upload(key, upload_id, done)
        return Seen(answer.status, None, pairs(answer.headers), detail=answer.etag)

    def close(self) -> None:
        self.session.session.close()


def configured(place: Place) -> Any:
    """A configuration of SDK v2 for a place."""
    import alibabacloud_oss_v2 as oss

    config = oss.config.load_default()
    config.credentials_provider = oss.credentials.StaticCredentialsProvider(*place.credentials)
    config.region, config.endpoint = REGION, place.endpoint
    config.retry_max_attempts = 1
    return config


class SdkV2(Client):
    name = "SDK v2"
    needs = ("alibabacloud_oss_v2",)
    on_requests = True
    cannot: ClassVar = {
        "duplicate headers": MAPPING,
        "empty and repeated query": PARAMETERS,
        "gzip object read raw": DECODES,
        "put read(n) only": "takes files that can seek",
    }

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        import alibabacloud_oss_v2 as oss

        self.client = oss.Client(configured(place))

    def put(self, key: str, body: Any, headers: Pairs = ()) -> Seen:
        import alibabacloud_oss_v2 as oss

        calls: list[tuple[int, ...]] = []
        answer = self.client.put_object(
            oss.PutObjectRequest(
                bucket=BUCKET, key=key, body=body, headers=dict(headers), progress_fn=lambda *call: calls.append(call)
            )
        )
        return Seen(answer.status_code, None, pairs(answer.headers), detail=(answer.etag, answer.hash_crc64, calls))

    def get(self, key: str, headers: Pairs = (), *, bucket: str = BUCKET, query: str = "") -> Seen:
        import alibabacloud_oss_v2 as oss

        answer = self.client.get_object(oss.GetObjectRequest(bucket=bucket, key=key, headers=dict(headers)))
        return Seen(answer.status_code, answer.body.content, pairs(answer.headers))

    def head(self, key: str) -> Seen:
        import alibabacloud_oss_v2 as oss

        answer = self.client.head_object(oss.HeadObjectRequest(bucket=BUCKET, key=key))
        return Seen(answer.status_code, None, pairs(answer.headers), detail=answer.content_length)

    def delete(self, key: str) -> Seen:
        import alibabacloud_oss_v2 as oss

        answer = self.client.delete_object(oss.DeleteObjectRequest(bucket=BUCKET, key=key))
        return Seen(answer.status_code, None, pairs(answer.headers))

    def keys(self, prefix: str) -> list[str]:
        import alibabacloud_oss_v2 as oss

        request = oss.ListObjectsV2Request(bucket=BUCKET, prefix=prefix, max_keys=2)
        pages = self.client.list_objects_v2_paginator().iter_page(request)
        return [each.key for page in pages for each in page.contents or ()]

    def multipart(self, key: str, parts: list[bytes]) -> Seen:
        import alibabacloud_oss_v2 as oss

        begun = self.client.initiate_multipart_upload(oss.InitiateMultipartUploadRequest(bucket=BUCKET, key=key))
        done = []
        for number, part in enumerate(parts, 1):
            answer = self.client.upload_part(
                oss.UploadPartRequest(bucket=BUCKET, key=key, upload_id=begun.upload_id, part_number=number, body=part)
            )
            done.append(oss.UploadPart(part_number=number, etag=answer.etag))
        ended = self.client.complete_multipart_upload(
            oss.CompleteMultipartUploadRequest(
                bucket=BUCKET,
                key=key,
                upload_id=begun.upload_id,
                complete_multipart_upload=oss.CompleteMultipartUpload(parts=done),
            )
        )
        return Seen(ended.status_code, None, pairs(ended.headers), detail=ended.etag)

    def close(self) -> None:
        session = self.client._client._options.http_client.session
        if session is not None:
            session.close()

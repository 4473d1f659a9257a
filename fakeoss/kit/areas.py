"""The areas that machines explore: which steps belong together, and the arguments worth trying."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fakeoss.kit import steps
from fakeoss.kit.model.records import SMALLEST_PART
from fakeoss.kit.steps import NULL, Step
from fakeoss.kit.strategies import Repeated

Steps = list[SearchStrategy[Step]]

_KEYS = st.sampled_from(["a", "b"])
_FEW_KEYS = st.sampled_from(["a", "a", "a", "b"])
_ODD_KEYS = st.sampled_from(["a", "b", "a b", "文件", "a+b", "a%20b?c&d"])
_TREE = st.sampled_from(["a", "a/", "a/b", "a/b/c", "a/c", "ab", "b", "b/a", "文/件", "c d", "c+d", "c%2Fd"])
_DATA = st.sampled_from([b"", b"1", b"22", b"hello world"])
_META = st.sampled_from([{}, {"name": "value"}, {"a": "1", "b-c": ""}])
_PAGE = st.sampled_from([1, 2, 3, 100])
_UPLOAD = st.sampled_from([0, 0, 0, 1, 2])
_LARGE = st.sampled_from([Repeated(b"x" * SMALLEST_PART), Repeated(b"y" * SMALLEST_PART)])
_PART = st.sampled_from([b"1", b"22"]) | _LARGE
_WITHIN = ["bytes=0-0", "bytes=1-1", "bytes=1-", "bytes=-1", "bytes=-3"]
_BEYOND = ["bytes=0-99", "bytes=20-30", "bytes=20-", "bytes=-99", "bytes=2-1"]
_SPANS = st.none() | st.sampled_from(_WITHIN + _BEYOND)
_ETAGS = st.sampled_from([None, None, "same", "other", "*"])
_SECONDS = st.sampled_from([None, None, -3600, 0, 3600])
_TAGS = st.sampled_from([{}, {"a": "1"}, {"a": "", "文": "件 b"}])


def objects() -> Steps:
    """Objects of one version: written, appended, copied, tagged, read and deleted."""
    return [
        st.builds(steps.Put, _ODD_KEYS, _DATA, _META, st.sampled_from([None, "text/plain"]), st.booleans()),
        st.builds(steps.Append, _KEYS, st.sampled_from([0, 0, 1, 2, 3]), _DATA),
        st.builds(steps.Copy, _ODD_KEYS, _ODD_KEYS, st.none(), st.none() | _META),
        st.builds(steps.Get, _ODD_KEYS),
        st.builds(steps.Head, _ODD_KEYS),
        st.builds(steps.Delete, _ODD_KEYS),
        st.builds(steps.DeleteMany, _several(_ODD_KEYS, st.none())),
        st.builds(steps.SetTags, _ODD_KEYS, _TAGS),
        st.builds(steps.GetTags, _ODD_KEYS),
        st.builds(steps.DeleteTags, _ODD_KEYS),
    ]


def listing() -> Steps:
    """Keys in trees, listed in pages of all sizes."""
    prefix = st.sampled_from(["", "a", "a/", "a/b", "b", "文", "c", "z"])
    delimiter = st.sampled_from(["", "/", "b", "/b"])
    # What a start within a common prefix hides is assumption A290.
    after = st.sampled_from(["", "0", "a", "ab", "z"])
    return [
        st.builds(steps.Put, _TREE, _DATA),
        st.builds(steps.Put, _TREE, _DATA),
        st.builds(steps.Delete, _TREE),
        st.builds(steps.List, prefix, delimiter, after, _PAGE),
        st.builds(steps.ListOld, prefix, delimiter, after, _PAGE),
    ]


def versions() -> Steps:
    """Versioning switched on and off over objects and delete markers."""
    version = st.none() | st.just(NULL) | st.integers(0, 5)
    return [
        st.builds(steps.SetVersioning, st.sampled_from(["Enabled", "Suspended"])),
        st.builds(steps.GetVersioning),
        st.builds(steps.Put, _FEW_KEYS, _DATA),
        st.builds(steps.Put, _FEW_KEYS, _DATA, forbid_overwrite=st.booleans()),
        st.builds(steps.Copy, _FEW_KEYS, _FEW_KEYS, version, st.none() | _META),
        st.builds(steps.Get, _FEW_KEYS, version),
        st.builds(steps.Head, _FEW_KEYS, version),
        st.builds(steps.Delete, _FEW_KEYS, version),
        st.builds(steps.Delete, _FEW_KEYS),
        st.builds(steps.DeleteMany, _several(_FEW_KEYS, version)),
        st.builds(steps.ListVersions, st.sampled_from(["", "a", "b"]), st.just(""), _PAGE),
        st.builds(steps.List, page=_PAGE),
    ]


def multipart() -> Steps:
    """Uploads in parts: begun, filled, listed, completed and aborted."""
    number = st.sampled_from([1, 2, 1, 2, 3])
    numbers = st.lists(number, max_size=3).map(tuple) | st.sampled_from([(1,), (1, 2), (1, 2, 3)])
    return [
        st.builds(steps.Initiate, _FEW_KEYS, _META),
        st.builds(steps.UploadPart, _FEW_KEYS, _UPLOAD, number, _PART),
        st.builds(steps.UploadPart, st.just("a"), st.just(0), number, _PART),
        st.builds(steps.UploadPart, st.just("a"), st.just(0), st.integers(1, 2), _LARGE),
        st.builds(steps.Complete, st.just("a"), st.just(0), st.just((1, 2))),
        st.builds(steps.Complete, _FEW_KEYS, _UPLOAD, numbers),
        st.builds(steps.Complete, st.just("a"), st.just(0), numbers),
        st.builds(steps.Abort, _FEW_KEYS, _UPLOAD),
        st.builds(steps.ListParts, _FEW_KEYS, _UPLOAD, _PAGE),
        st.builds(steps.ListUploads, st.sampled_from(["", "a", "b"]), st.just(""), _PAGE),
        st.builds(steps.Get, _FEW_KEYS),
        st.builds(steps.Delete, _FEW_KEYS),
        st.builds(steps.Put, _FEW_KEYS, _DATA),
    ]


def retention() -> Steps:
    """Retention policies of a bucket, and objects that they keep while days pass."""
    days = st.sampled_from([1, 2, 3, 0, 25_551])
    return [
        st.builds(steps.InitiateWorm, days),
        st.builds(steps.LockWorm),
        st.builds(steps.ExtendWorm, days),
        st.builds(steps.AbortWorm),
        st.builds(steps.GetWorm),
        st.builds(steps.Advance, st.sampled_from([1, 1, 2])),
        st.builds(steps.Put, _KEYS, _DATA),
        st.builds(steps.Put, _KEYS, _DATA),
        st.builds(steps.Delete, _KEYS),
        st.builds(steps.Copy, _KEYS, _KEYS, st.none(), _META),
        st.builds(steps.Get, _KEYS),
    ]


def holds() -> Steps:
    """Versions that retention and holds keep one by one, while days pass."""
    version = st.sampled_from([0, 0, 0, 1, 1, 2, None])
    mode = st.sampled_from(["GOVERNANCE", "COMPLIANCE"])
    begin = st.sampled_from([steps.SetVersioning("Enabled"), steps.SetVersioning("Suspended"), steps.KeepObjects()])
    policy = st.sampled_from([steps.InitiateWorm(1), steps.AbortWorm()])
    retain = st.builds(steps.Retain, st.just("a"), version, mode, st.sampled_from([1, 3, 5, 1, 3, 5, 0]), st.booleans())
    return [
        begin | policy,
        st.builds(steps.Put, st.just("a"), _DATA),
        retain,
        retain,
        retain,
        st.builds(steps.GetRetention, st.just("a"), version),
        st.builds(steps.Hold, st.just("a"), version, st.booleans()),
        st.builds(steps.GetHold, st.just("a"), version),
        st.builds(steps.Delete, st.just("a"), version, st.booleans()),
        st.builds(steps.Delete, st.just("a"), version, st.booleans()),
        st.builds(steps.Advance, st.sampled_from([1, 1, 2])),
        st.builds(steps.ListVersions),
    ]


def conditions() -> Steps:
    """Reads with conditions and ranges."""
    when = st.builds(steps.When, _ETAGS, _ETAGS, _SECONDS, _SECONDS)
    return [
        st.builds(steps.Put, _KEYS, _DATA),
        st.builds(steps.Delete, _KEYS),
        st.builds(steps.Get, _KEYS, st.none(), _SPANS, st.booleans()),
        st.builds(steps.Get, _KEYS, st.none(), st.none(), st.just(False), when),
        st.builds(steps.Get, _KEYS, st.none(), _SPANS, st.booleans(), when),
        st.builds(steps.Head, _KEYS, st.none(), when),
    ]


def configurations() -> Steps:
    """Settings of a bucket: set, read and deleted."""
    names = st.lists(st.sampled_from(["http://www.example.com", "https://*.example.com", "http://?.a"]), unique=True)
    methods = st.lists(st.sampled_from(["GET", "PUT", "POST"]), min_size=1, unique=True).map(tuple)
    origins = st.lists(st.sampled_from(["*", "http://a.example.com"]), min_size=1, unique=True).map(tuple)
    rule = st.tuples(origins, methods, st.sampled_from([0, 100]))
    return [
        st.builds(steps.SetReferers, st.booleans(), names.map(tuple)),
        st.builds(steps.GetReferers),
        st.builds(steps.SetCors, st.lists(rule, min_size=1, max_size=2).map(tuple)),
        st.builds(steps.GetCors),
        st.builds(steps.DeleteCors),
        st.builds(steps.SetBucketTags, st.sampled_from([{"a": "1"}, {"a": "2", "b": ""}])),
        st.builds(steps.GetBucketTags),
        st.builds(steps.DeleteBucketTags),
    ]


def _several(
    keys: SearchStrategy[str], versions: SearchStrategy[int | str | None]
) -> SearchStrategy[tuple[tuple[str, int | str | None], ...]]:
    """Objects to delete at once, each key once."""
    pairs = st.lists(st.tuples(keys, versions), min_size=1, max_size=3, unique_by=lambda pair: pair[0])
    return pairs.map(tuple)


_KEEPING = (steps.SetVersioning("Enabled"), steps.KeepObjects(), steps.Put("a", b"1"), steps.Put("a", b"2"))
_NULL_BELOW = (
    steps.Put("a", b"1"),
    steps.SetVersioning("Enabled"),
    steps.Put("a", b"2"),
    steps.SetVersioning("Suspended"),
)
BEGINNINGS: dict[str, SearchStrategy[tuple[Step, ...]]] = {
    "holds": st.sampled_from([_KEEPING, _KEEPING, _KEEPING, _KEEPING, ()]),
    "versions": st.sampled_from([(), (), _NULL_BELOW]),
}
"""What many runs of an area begin with, where little can be seen without it."""

AREAS = {
    "objects": objects,
    "listing": listing,
    "versions": versions,
    "multipart": multipart,
    "retention": retention,
    "holds": holds,
    "conditions": conditions,
    "configurations": configurations,
}
"""The areas by name."""

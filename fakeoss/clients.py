"""Ready-made clients of the official SDKs, imported only when asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import alibabacloud_oss_v2
    import oss2


def sdk_v2(credentials: tuple[str, str], region: str) -> alibabacloud_oss_v2.Client:
    """A synchronous client of `alibabacloud-oss-v2`; raises ImportError where it is not installed."""
    sdk = _sdk("alibabacloud_oss_v2", "alibabacloud-oss-v2")
    config = sdk.config.load_default()
    config.credentials_provider = sdk.credentials.StaticCredentialsProvider(*credentials)
    config.region = region
    client: alibabacloud_oss_v2.Client = sdk.Client(config)
    return client


def oss2_bucket(credentials: tuple[str, str], name: str, region: str) -> oss2.Bucket:
    """A bucket of `oss2`, signing with V4; raises ImportError where it is not installed."""
    sdk = _sdk("oss2", "oss2")
    endpoint = f"https://oss-{region}.aliyuncs.com"
    bucket: oss2.Bucket = sdk.Bucket(sdk.AuthV4(*credentials), endpoint, name, region=region)
    return bucket


def _sdk(module: str, distribution: str) -> Any:
    """The module of an SDK, which fakeoss does not bring."""
    try:
        return import_module(module)
    except ModuleNotFoundError as missing:
        if missing.name != module:
            raise
        message = f"this client is {distribution}'s: pip install {distribution}, or 'fakeoss[clients]' for all of them"
        raise ImportError(message, name=module) from missing

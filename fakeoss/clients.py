"""Ready-made clients of the official SDKs, imported only when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import alibabacloud_oss_v2
    import oss2


def sdk_v2(credentials: tuple[str, str], region: str) -> alibabacloud_oss_v2.Client:
    """A synchronous client of `alibabacloud-oss-v2`; raises ImportError where it is not installed."""
    import alibabacloud_oss_v2 as oss

    config = oss.config.load_default()
    config.credentials_provider = oss.credentials.StaticCredentialsProvider(*credentials)
    config.region = region
    return oss.Client(config)


def oss2_bucket(credentials: tuple[str, str], name: str, region: str) -> oss2.Bucket:
    """A bucket of `oss2`, signing with V4; raises ImportError where it is not installed."""
    import oss2

    endpoint = f"https://oss-{region}.aliyuncs.com"
    return oss2.Bucket(oss2.AuthV4(*credentials), endpoint, name, region=region)

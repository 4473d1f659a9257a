"""Exchanges of operations that are younger than the reference; their recordings are the vendor's alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.recorded.asks import Ask, Exchange, config, delete, page, rule

CNAME = "<BucketCnameConfiguration><Cname><Domain>example.com</Domain></Cname></BucketCnameConfiguration>"
CERTIFICATE = "<CertificateConfiguration><CertId>493-cn-hangzhou</CertId></CertificateConfiguration>"
REQUESTER = "qosRequester=1234567890123457"
QOS = "<QoSConfiguration><TotalUploadBandwidth>10</TotalUploadBandwidth></QoSConfiguration>"
OTHERS = config(f"requesterQosInfo&{REQUESTER}", QOS)
POOL = "resourcePool=pool"
OF_POOL = f"requesterQosInfo&{POOL}"
POOLED = Ask("PUT", f"/?{OF_POOL}&{REQUESTER}", QOS, bucket=None)

BOUND = Ask("POST", "/?cname&comp=add", CNAME.replace("</Cname>", f"{CERTIFICATE}</Cname>"))
DATED = "<Expiration><Date>2090-01-01T00:00:00.000Z</Date></Expiration>"
BY_ACCESS = rule(
    f"{DATED}<NoncurrentVersionTransition><NoncurrentDays>10</NoncurrentDays><StorageClass>IA</StorageClass>"
    "<IsAccessTime>true</IsAccessTime><ReturnToStdWhenVisit>true</ReturnToStdWhenVisit>"
    "<AllowSmallFile>true</AllowSmallFile></NoncurrentVersionTransition>"
)
MONITOR = config("accessmonitor", "<AccessMonitorConfiguration><Status>Enabled</Status></AccessMonitorConfiguration>")
SIZES = "<ObjectSizeGreaterThan>500</ObjectSizeGreaterThan><ObjectSizeLessThan>64000</ObjectSizeLessThan>"
WITH_SIZES = rule(
    f"{DATED}<Filter>{SIZES}<Not><Prefix>p/n</Prefix><Tag><Key>k</Key><Value>v</Value></Tag></Not></Filter>"
)
CALLBACK = config(
    "policy&comp=callback",
    "<BucketCallbackPolicy><PolicyItem><PolicyName>one</PolicyName><Callback>e30=</Callback>"
    "<CallbackVar>e30=</CallbackVar></PolicyItem></BucketCallbackPolicy>",
)
FETCH = Ask(
    "POST",
    "/?asyncFetch",
    "<AsyncFetchTaskConfiguration><Url>http://a.example/x</Url><Object>x</Object></AsyncFetchTaskConfiguration>",
)
TRANSITION = Ask("POST", "/?redundancyTransition&x-oss-target-redundancy-type=ZRS")
POINT = config(
    "accessPoint",
    "<CreateAccessPointConfiguration><AccessPointName>one</AccessPointName><NetworkOrigin>vpc</NetworkOrigin>"
    "<VpcConfiguration><VpcId>vpc-1</VpcId></VpcConfiguration></CreateAccessPointConfiguration>",
)
SECOND_POINT = replace(POINT, body=POINT.body.replace("one", "two"))
BY_NAME = {"x-oss-access-point-name": "one"}
POINT_POLICY = Ask(
    "PUT",
    "/?accessPointPolicy",
    '{"Version":"1","Statement":[{"Action":["oss:GetObject"],"Effect":"Deny","Principal":["1234567890"],'
    '"Resource":["acs:oss:cn-hangzhou:1234567890123456:accesspoint/one/object/*"]}]}',
    BY_NAME,
)
BEGUN = Exchange(TRANSITION, (TRANSITION,), {"redundancy_start": timedelta(0)})
TASK = "redundancyTransition&x-oss-redundancy-transition-taskid={task_id}"


def of_point(method: str, target: str, *before: Ask) -> Exchange:
    """A request about the access point, whose name stands in a header."""
    return Exchange(Ask(method, target, headers=BY_NAME), (POINT, *before))


def of_account(target: str, *before: Ask) -> Exchange:
    """A list of the account's."""
    return Exchange(Ask("GET", target, bucket=None), before)


BLOCKED = "/?publicAccessBlock&x-oss-access-point-name=one"
BLOCK = Ask(
    "PUT",
    BLOCKED,
    "<PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess></PublicAccessBlockConfiguration>",
)

EXCHANGES: dict[str, Exchange] = {
    "PutCname": Exchange(BOUND),
    "ListCname": Exchange(page("cname"), (BOUND,)),
    "DeleteCname": Exchange(Ask("POST", "/?cname&comp=delete", CNAME), (BOUND,)),
    "GetBucketLifecycle by access time": Exchange(page("lifecycle"), (MONITOR, BY_ACCESS)),
    "GetBucketLifecycle with sizes": Exchange(page("lifecycle"), (WITH_SIZES,)),
    "PutBucketCallbackPolicy": Exchange(CALLBACK),
    "GetBucketCallbackPolicy": Exchange(page("policy&comp=callback"), (CALLBACK,)),
    "DeleteBucketCallbackPolicy": delete("policy&comp=callback", CALLBACK),
    "PutAsyncFetchTask": Exchange(FETCH),
    "CreateBucketDataRedundancyTransition": Exchange(TRANSITION),
    "GetBucketDataRedundancyTransition": replace(BEGUN, ask=page(TASK)),
    "ListBucketDataRedundancyTransition": replace(BEGUN, ask=page("redundancyTransition")),
    "ListUserDataRedundancyTransition": replace(BEGUN, ask=Ask("GET", "/?redundancyTransition", bucket=None)),
    "DeleteBucketDataRedundancyTransition": delete(TASK, TRANSITION),
    "CreateAccessPoint": Exchange(POINT),
    "GetAccessPoint": of_point("GET", "/?accessPoint"),
    "DeleteAccessPoint": of_point("DELETE", "/?accessPoint"),
    "ListAccessPoints": of_account("/?accessPoint&max-keys=1", POINT, SECOND_POINT),
    "ListAccessPoints of a bucket": Exchange(page("accessPoint&max-keys=1"), (POINT, SECOND_POINT)),
    "PutAccessPointPolicy": Exchange(POINT_POLICY, (POINT,)),
    "GetAccessPointPolicy": of_point("GET", "/?accessPointPolicy", POINT_POLICY),
    "DeleteAccessPointPolicy": of_point("DELETE", "/?accessPointPolicy", POINT_POLICY),
    "PutAccessPointPublicAccessBlock": Exchange(BLOCK, (POINT,)),
    "GetAccessPointPublicAccessBlock": Exchange(Ask("GET", BLOCKED), (POINT, BLOCK)),
    "DeleteAccessPointPublicAccessBlock": Exchange(Ask("DELETE", BLOCKED), (POINT, BLOCK)),
    "PutBucketRequesterQosInfo": Exchange(OTHERS),
    "GetBucketRequesterQosInfo": Exchange(page(f"requesterQosInfo&{REQUESTER}"), (OTHERS,)),
    "ListBucketRequesterQosInfos": Exchange(page("requesterQosInfo"), (OTHERS,)),
    "DeleteBucketRequesterQosInfo": delete(f"requesterQosInfo&{REQUESTER}", OTHERS),
    "ListResourcePools": of_account("/?resourcePool"),
    "GetResourcePoolInfo": of_account(f"/?resourcePoolInfo&{POOL}"),
    "ListResourcePoolBuckets": of_account(f"/?resourcePoolBuckets&{POOL}"),
    "PutResourcePoolRequesterQosInfo": Exchange(POOLED),
    "GetResourcePoolRequesterQosInfo": of_account(f"/?{OF_POOL}&{REQUESTER}", POOLED),
    "ListResourcePoolRequesterQosInfos": of_account(f"/?{OF_POOL}", POOLED),
    "DeleteResourcePoolRequesterQosInfo": Exchange(Ask("DELETE", f"/?{OF_POOL}&{REQUESTER}", bucket=None), (POOLED,)),
}

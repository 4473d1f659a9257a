"""One good document for every operation on configurations that takes one."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from fakeoss import kit, schema
from fakeoss.wire import xml
from tests.conftest import BUCKET
from tests.operations.round_trips import FAR, POINT

POOL = "pool"
CALLBACK = b64encode(json.dumps({"callbackUrl": "http://www.example.com/"}).encode()).decode()


@dataclass(frozen=True, slots=True)
class Document:
    """The document of an operation, where it goes, and the operations whose documents have to go before it."""

    operation: str
    target: str
    text: str
    method: str = "PUT"
    headers: Mapping[str, str] = field(default_factory=dict)
    bucket: str | None = BUCKET
    after: tuple[str, ...] = ()


OF_POINT = {"x-oss-access-point-name": POINT}
BLOCK = "<PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess></PublicAccessBlockConfiguration>"
CNAME = "<BucketCnameConfiguration><Cname><Domain>www.example.com</Domain></Cname></BucketCnameConfiguration>"
QOS = "<QoSConfiguration><TotalUploadBandwidth>5</TotalUploadBandwidth><TotalQps>7</TotalQps></QoSConfiguration>"

DOCUMENTS = (
    Document(
        "PutBucketLifecycle",
        "/?lifecycle",
        "<LifecycleConfiguration><Rule><ID>1</ID><Prefix>a/</Prefix><Status>Enabled</Status>"
        "<Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>",
    ),
    Document(
        "PutBucketReplication",
        "/?replication&comp=add",
        "<ReplicationConfiguration><Rule><ID>one</ID><Destination><Bucket>"
        f"{FAR}</Bucket><Location>oss-cn-beijing</Location></Destination></Rule></ReplicationConfiguration>",
        "POST",
    ),
    Document(
        "DeleteBucketReplication",
        "/?replication&comp=delete",
        "<ReplicationRules><ID>one</ID></ReplicationRules>",
        "POST",
        after=("PutBucketReplication",),
    ),
    Document(
        "PutBucketRtc",
        "/?rtc",
        "<ReplicationRule><RTC><Status>enabled</Status></RTC><ID>one</ID></ReplicationRule>",
        after=("PutBucketReplication",),
    ),
    Document(
        "PutBucketInventory",
        "/?inventory&inventoryId=list",
        "<InventoryConfiguration><Id>list</Id><IsEnabled>true</IsEnabled><Destination><OSSBucketDestination>"
        "<Format>CSV</Format><AccountId>1</AccountId><RoleArn>acs:ram::1:role/a</RoleArn>"
        f"<Bucket>acs:oss:::{BUCKET}</Bucket></OSSBucketDestination></Destination><Schedule><Frequency>Daily"
        "</Frequency></Schedule><IncludedObjectVersions>All</IncludedObjectVersions></InventoryConfiguration>",
    ),
    Document(
        "PutBucketLogging",
        "/?logging",
        f"<BucketLoggingStatus><LoggingEnabled><TargetBucket>{BUCKET}</TargetBucket><TargetPrefix>log-</TargetPrefix>"
        "</LoggingEnabled></BucketLoggingStatus>",
    ),
    Document(
        "PutUserDefinedLogFieldsConfig",
        "/?userDefinedLogFieldsConfig",
        "<UserDefinedLogFieldsConfiguration><HeaderSet><header>x-one</header></HeaderSet><ParamSet>"
        "<parameter>two</parameter></ParamSet></UserDefinedLogFieldsConfiguration>",
    ),
    Document(
        "PutBucketWebsite",
        "/?website",
        "<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument><ErrorDocument><Key>e</Key>"
        "</ErrorDocument></WebsiteConfiguration>",
    ),
    Document(
        "PutBucketCors",
        "/?cors",
        "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule>"
        "<ResponseVary>true</ResponseVary></CORSConfiguration>",
    ),
    Document("CreateCnameToken", "/?cname&comp=token", CNAME, "POST"),
    Document("PutCname", "/?cname&comp=add", CNAME, "POST"),
    Document("DeleteCname", "/?cname&comp=delete", CNAME, "POST", after=("PutCname",)),
    Document(
        "PutBucketTags",
        "/?tagging",
        "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>",
    ),
    Document(
        "PutBucketEncryption",
        "/?encryption",
        "<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>"
        "</ApplyServerSideEncryptionByDefault></ServerSideEncryptionRule>",
    ),
    Document(
        "PutBucketRequestPayment",
        "/?requestPayment",
        "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>",
    ),
    Document(
        "PutBucketReferer",
        "/?referer",
        "<RefererConfiguration><AllowEmptyReferer>true</AllowEmptyReferer><RefererList><Referer>http://a.example"
        "</Referer></RefererList></RefererConfiguration>",
    ),
    Document(
        "PutBucketTransferAcceleration",
        "/?transferAcceleration",
        "<TransferAccelerationConfiguration><Enabled>true</Enabled></TransferAccelerationConfiguration>",
    ),
    Document(
        "PutBucketAccessMonitor",
        "/?accessmonitor",
        "<AccessMonitorConfiguration><Status>Disabled</Status></AccessMonitorConfiguration>",
    ),
    Document(
        "PutBucketArchiveDirectRead",
        "/?bucketArchiveDirectRead",
        "<ArchiveDirectReadConfiguration><Enabled>true</Enabled></ArchiveDirectReadConfiguration>",
    ),
    Document(
        "PutBucketResourceGroup",
        "/?resourceGroup",
        "<BucketResourceGroupConfiguration><ResourceGroupId>rg-aekz0123456789a</ResourceGroupId>"
        "</BucketResourceGroupConfiguration>",
    ),
    Document(
        "PutBucketHttpsConfig",
        "/?httpsConfig",
        "<HttpsConfiguration><TLS><Enable>true</Enable><TLSVersion>TLSv1.2</TLSVersion></TLS></HttpsConfiguration>",
    ),
    Document(
        "PutBucketOverwriteConfig",
        "/?overwriteConfig",
        "<OverwriteConfiguration><Rule><ID>a</ID><Action>forbid</Action></Rule></OverwriteConfiguration>",
    ),
    Document("PutPublicAccessBlock", "/?publicAccessBlock", BLOCK, bucket=None),
    Document("PutBucketPublicAccessBlock", "/?publicAccessBlock", BLOCK),
    Document(
        "PutAccessPointPublicAccessBlock",
        f"/?publicAccessBlock&x-oss-access-point-name={POINT}",
        BLOCK,
    ),
    Document(
        "CreateAccessPoint",
        "/?accessPoint",
        "<CreateAccessPointConfiguration><AccessPointName>another</AccessPointName><NetworkOrigin>internet"
        "</NetworkOrigin></CreateAccessPointConfiguration>",
    ),
    Document("PutStyle", "/?style&styleName=small", "<Style><Content>image/resize,w_10</Content></Style>"),
    Document(
        "PutBucketCallbackPolicy",
        "/?policy&comp=callback",
        f"<BucketCallbackPolicy><PolicyItem><PolicyName>a</PolicyName><Callback>{CALLBACK}</Callback></PolicyItem>"
        "</BucketCallbackPolicy>",
    ),
    Document("PutBucketQosInfo", "/?qosInfo", QOS),
    Document("PutBucketRequesterQosInfo", "/?requesterQosInfo&qosRequester=7", QOS),
    Document(
        "PutResourcePoolRequesterQosInfo",
        f"/?requesterQosInfo&resourcePool={POOL}&qosRequester=7",
        QOS,
        bucket=None,
    ),
    Document("PutBucketUserQos", "/?qos", "<BucketUserQos><StorageCapacity>9</StorageCapacity></BucketUserQos>"),
    Document(
        "PutBucketStorageQuota",
        "/?quota",
        "<QuotaConfiguration><StorageQuota>9</StorageQuota><Mode>Warning</Mode></QuotaConfiguration>",
    ),
    Document(
        "PutAsyncFetchTask",
        "/?asyncFetch",
        "<AsyncFetchTaskConfiguration><Url>http://www.example.com/a</Url><Object>a</Object>"
        "</AsyncFetchTaskConfiguration>",
        "POST",
    ),
    Document(
        "CreateBucketMetadataConfiguration",
        "/?metadataConfiguration",
        "<MetadataConfiguration><JournalTableConfiguration><RecordExpiration><Expiration>DISABLED</Expiration>"
        "</RecordExpiration></JournalTableConfiguration></MetadataConfiguration>",
        "POST",
    ),
    Document(
        "UpdateBucketMetadataJournalTableConfiguration",
        "/?metadataJournalTable",
        "<JournalTableConfiguration><RecordExpiration><Expiration>ENABLED</Expiration><Days>7</Days>"
        "</RecordExpiration></JournalTableConfiguration>",
        after=("CreateBucketMetadataConfiguration",),
    ),
    Document(
        "UpdateBucketMetadataInventoryTableConfiguration",
        "/?metadataInventoryTable",
        "<InventoryTableConfiguration><ConfigurationState>ENABLED</ConfigurationState></InventoryTableConfiguration>",
        after=("CreateBucketMetadataConfiguration",),
    ),
)

BY_NAME = {document.operation: document for document in DOCUMENTS}

WITHOUT_XML = {"PutBucketPolicy", "PutAccessPointPolicy", "CreateBucketDataRedundancyTransition"}
"""Two that take JSON, and one that takes nothing."""

GROUPS = {
    "access point",
    "access tracking",
    "archive direct read",
    "async fetch",
    "block public access",
    "bucket policy",
    "bucket tagging",
    "callback policy",
    "cloud box",
    "cname",
    "cors",
    "data redundancy transition",
    "encryption",
    "image style",
    "inventory",
    "lifecycle",
    "logging",
    "metadata tables",
    "overwrite protection",
    "qos",
    "referer",
    "replication",
    "request payment",
    "resource group",
    "storage capacity",
    "storage quota",
    "tls configuration",
    "transfer acceleration",
    "website",
}
"""The groups of operations that are about configurations."""


def single_elements(text: str) -> list[str]:
    """The children of a good document's root that may stand there once."""
    root = xml.parse(text.encode())
    declared = next(kind for kind in kit.configurations().values() if root.name in schema.schema_of(kind).roots)
    fields = {(field.inside or (field.element,))[0]: field for field in schema.fields_of(declared)}
    found = [fields[child.name] for child in root.children]
    return [(field.inside or (field.element,))[0] for field in found if field.inside or not field.repeats]


ABSENT = [
    ("/?lifecycle", 404, "NoSuchLifecycle"),
    ("/?replication", 404, "NoSuchReplicationConfiguration"),
    ("/?replicationProgress", 404, "NoSuchReplicationConfiguration"),
    ("/?replicationLocation", 200, None),
    ("/?inventory", 404, "NoSuchInventory"),
    ("/?inventory&inventoryId=a", 404, "NoSuchInventory"),
    ("/?logging", 200, None),
    ("/?userDefinedLogFieldsConfig", 404, "NoSuchUserDefinedLogFieldsConfig"),
    ("/?website", 404, "NoSuchWebsiteConfiguration"),
    ("/?referer", 200, None),
    ("/?tagging", 200, None),
    ("/?encryption", 404, "NoSuchServerSideEncryptionRule"),
    ("/?requestPayment", 200, None),
    ("/?cors", 404, "NoSuchCORSConfiguration"),
    ("/?cname", 200, None),
    ("/?cname=www.example.com&comp=token", 404, "CnameTokenNotFound"),
    ("/?policy", 404, "NoSuchBucketPolicy"),
    ("/?policyStatus", 200, None),
    ("/?policy&comp=callback", 404, "BucketCallbackPolicyNotExist"),
    ("/?transferAcceleration", 404, "NoSuchTransferAccelerationConfiguration"),
    ("/?accessmonitor", 200, None),
    ("/?bucketArchiveDirectRead", 200, None),
    ("/?resourceGroup", 200, None),
    ("/?httpsConfig", 200, None),
    ("/?overwriteConfig", 404, "NoSuchBucketOverwriteConfig"),
    ("/?publicAccessBlock", 200, None),
    (f"/?publicAccessBlock&x-oss-access-point-name={POINT}", 200, None),
    ("/?publicAccessBlock&x-oss-access-point-name=none", 404, "NoSuchAccessPoint"),
    ("/?redundancyTransition", 200, None),
    ("/?style", 200, None),
    ("/?style&styleName=none", 404, "NoSuchStyle"),
    ("/?qos", 200, None),
    ("/?qosInfo", 200, None),
    ("/?requesterQosInfo", 200, None),
    ("/?requesterQosInfo&qosRequester=7", 200, None),
    ("/?quota", 404, "NoSuchBucketStorageQuotaConfiguration"),
    ("/?metadataConfiguration", 404, "MetadataConfigurationNotFound"),
]
"""What is asked for, and how it is answered, where nothing is set."""

DELETABLE = [
    "/?lifecycle",
    "/?inventory&inventoryId=a",
    "/?logging",
    "/?userDefinedLogFieldsConfig",
    "/?website",
    "/?tagging",
    "/?encryption",
    "/?cors",
    "/?policy",
    "/?policy&comp=callback",
    "/?overwriteConfig",
    "/?publicAccessBlock",
    f"/?publicAccessBlock&x-oss-access-point-name={POINT}",
    "/?style&styleName=a",
    "/?qosInfo",
    "/?requesterQosInfo&qosRequester=7",
    "/?quota",
    "/?metadataConfiguration",
]
"""What can be deleted, whether it is there or not."""

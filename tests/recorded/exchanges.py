"""The requests behind the recorded shapes: what comes before, and the one whose answer is compared."""

from __future__ import annotations

import hashlib

from fakeoss.wire import checksums
from tests.conftest import BUCKET
from tests.recorded import newer_exchanges
from tests.recorded.asks import Ask, Exchange, config, delete, page, rule

OBJECT = Ask("PUT", "/key", "content")
MARKED = (
    Ask("PUT", "/?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"),
    OBJECT,
)
DELETED = (*MARKED, Ask("DELETE", "/key"))
KEYS = (Ask("PUT", "/fun/movie/001.avi", "a"), Ask("PUT", "/fun/test.jpg", "b"), Ask("PUT", "/oss.jpg", "c"))
PARTS = (Ask("POST", "/big?uploads"), Ask("PUT", "/big?partNumber=1&uploadId={upload_id}", "part"))
COMPLETE = (
    '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"{etag}"</ETag></Part></CompleteMultipartUpload>'
)


DAYS = rule("<Expiration><Days>3</Days></Expiration>")
DATE = "2030-01-01T00:00:00.000Z"
LATER = f"<Expiration><Date>{DATE}</Date></Expiration>"
TAG = "<Tag><Key>k</Key><Value>v</Value></Tag>"
LOGGING = config(
    "logging",
    f"<BucketLoggingStatus><LoggingEnabled><TargetBucket>{BUCKET}</TargetBucket><TargetPrefix>log/</TargetPrefix>"
    "</LoggingEnabled></BucketLoggingStatus>",
)
WEBSITE = config(
    "website",
    "<WebsiteConfiguration><IndexDocument><Suffix>i.html</Suffix></IndexDocument>"
    "<ErrorDocument><Key>e.html</Key></ErrorDocument></WebsiteConfiguration>",
)
CORS_RULES = (
    "<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedHeader>*</AllowedHeader>"
    "<ExposeHeader>x-a</ExposeHeader><MaxAgeSeconds>9</MaxAgeSeconds></CORSRule>"
)
CORS = config("cors", f"<CORSConfiguration>{CORS_RULES}</CORSConfiguration>")
CORS_VARY = config("cors", f"<CORSConfiguration>{CORS_RULES}<ResponseVary>true</ResponseVary></CORSConfiguration>")
REFERER = config(
    "referer",
    "<RefererConfiguration><AllowEmptyReferer>true</AllowEmptyReferer><RefererList><Referer>http://a.example</Referer>"
    "</RefererList></RefererConfiguration>",
)
BLACKLIST = config(
    "referer",
    "<RefererConfiguration><AllowEmptyReferer>true</AllowEmptyReferer>"
    "<AllowTruncateQueryString>true</AllowTruncateQueryString><RefererList><Referer>http://a.example</Referer>"
    "</RefererList><RefererBlacklist><Referer>http://b.example</Referer></RefererBlacklist></RefererConfiguration>",
)
CHANNEL = Ask(
    "PUT",
    "/lc?live",
    "<LiveChannelConfiguration><Description>d</Description><Status>enabled</Status><Target><Type>HLS</Type>"
    "<FragDuration>5</FragDuration><FragCount>3</FragCount><PlaylistName>p.m3u8</PlaylistName></Target>"
    "</LiveChannelConfiguration>",
)
TAGGING = "<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>"
POLICY = config(
    "policy",
    '{"Version":"1","Statement":[{"Effect":"Allow","Action":["oss:GetObject"],"Principal":["*"],'
    f'"Resource":["acs:oss:*:*:{BUCKET}/*"]}}]}}',
)
ACCELERATION = config(
    "transferAcceleration",
    "<TransferAccelerationConfiguration><Enabled>true</Enabled></TransferAccelerationConfiguration>",
)
CNAME_TOKEN = Ask("POST", "/?cname&comp=token", newer_exchanges.CNAME)
INVENTORY = config(
    "inventory&inventoryId=list1",
    "<InventoryConfiguration><Id>list1</Id><IsEnabled>true</IsEnabled><Filter><Prefix>p/</Prefix>"
    "<LastModifyBeginTimeStamp>1637883649</LastModifyBeginTimeStamp><LastModifyEndTimeStamp>1638347592"
    "</LastModifyEndTimeStamp><LowerSizeBound>1024</LowerSizeBound><UpperSizeBound>1048576</UpperSizeBound>"
    "<StorageClass>Standard,IA</StorageClass></Filter><Destination><OSSBucketDestination><Format>CSV</Format>"
    "<AccountId>1283641064516515</AccountId><RoleArn>acs:ram::1283641064516515:role/r</RoleArn>"
    f"<Bucket>acs:oss:::{BUCKET}</Bucket><Prefix>out/</Prefix>"
    "<Encryption><SSE-OSS/></Encryption></OSSBucketDestination></Destination><Schedule><Frequency>Daily</Frequency>"
    "</Schedule><IncludedObjectVersions>All</IncludedObjectVersions><OptionalFields><Field>Size</Field>"
    "</OptionalFields></InventoryConfiguration>",
)
MONITOR = config("accessmonitor", "<AccessMonitorConfiguration><Status>Enabled</Status></AccessMonitorConfiguration>")
STYLE = config("style&styleName=s", "<Style><Content>image/resize,p_50</Content></Style>")
DIRECT = config(
    "bucketArchiveDirectRead",
    "<ArchiveDirectReadConfiguration><Enabled>true</Enabled></ArchiveDirectReadConfiguration>",
)
HTTPS = config(
    "httpsConfig",
    "<HttpsConfiguration><TLS><Enable>true</Enable><TLSVersion>TLSv1.2</TLSVersion></TLS></HttpsConfiguration>",
)
BLOCK = config(
    "publicAccessBlock",
    "<PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess></PublicAccessBlockConfiguration>",
)
ENCRYPTION = config(
    "encryption",
    "<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>KMS</SSEAlgorithm>"
    "<KMSMasterKeyID>9468da86-3509-4f8d-a61e-6eab1eac0000</KMSMasterKeyID>"
    "</ApplyServerSideEncryptionByDefault></ServerSideEncryptionRule>",
)
WORM = Ask(
    "POST",
    "/?worm",
    "<InitiateWormConfiguration><RetentionPeriodInDays>1</RetentionPeriodInDays></InitiateWormConfiguration>",
)
DELETE = "<Delete><Object><Key>key</Key></Object></Delete>"
MD5 = hashlib.md5(DELETE.encode()).digest()
ARCHIVED = Ask("PUT", "/cold", "content", {"x-oss-storage-class": "Archive"})


EXCHANGES: dict[str, Exchange] = {
    "PutBucket": Exchange(Ask("PUT", "/", bucket="another-bucket")),
    "PutBucketAcl": Exchange(Ask("PUT", "/?acl", headers={"x-oss-acl": "private"})),
    "PutBucketAcl, no such ACL": Exchange(Ask("PUT", "/?acl", headers={"x-oss-acl": "error-acl"})),
    "GetBucketAcl": Exchange(page("acl")),
    "PutBucketLogging": Exchange(LOGGING),
    "GetBucketLogging": Exchange(page("logging"), (LOGGING,)),
    "GetBucketLogging, none": Exchange(page("logging")),
    "DeleteBucketLogging": delete("logging", LOGGING),
    "PutBucketWebsite": Exchange(WEBSITE),
    "GetBucketWebsite": Exchange(page("website"), (WEBSITE,)),
    "GetBucketWebsite, none": Exchange(page("website")),
    "DeleteBucketWebsite": delete("website", WEBSITE),
    "PutBucketLifecycle": Exchange(DAYS),
    "GetBucketLifecycle by days": Exchange(page("lifecycle"), (DAYS,)),
    "GetBucketLifecycle by date": Exchange(page("lifecycle"), (rule(LATER),)),
    "GetBucketLifecycle of tags": Exchange(page("lifecycle"), (rule(TAG + LATER),)),
    "GetBucketLifecycle of uploads": Exchange(
        page("lifecycle"), (rule("<AbortMultipartUpload><Days>3</Days></AbortMultipartUpload>"),)
    ),
    "GetBucketLifecycle with exceptions": Exchange(
        page("lifecycle"), (rule(LATER + f"<Filter><Not><Prefix>p/n</Prefix>{TAG}</Not></Filter>"),)
    ),
    "GetBucketLifecycle, none": Exchange(page("lifecycle")),
    "DeleteBucketLifecycle": delete("lifecycle", DAYS),
    "PutBucketCors": Exchange(CORS),
    "GetBucketCors": Exchange(page("cors"), (CORS,)),
    "GetBucketCors with Vary": Exchange(page("cors"), (CORS_VARY,)),
    "DeleteBucketCors": delete("cors", CORS),
    "PutBucketReferer": Exchange(REFERER),
    "GetBucketReferer": Exchange(page("referer"), (REFERER,)),
    "GetBucketReferer with a blacklist": Exchange(page("referer"), (BLACKLIST,)),
    "GetBucketLocation": Exchange(page("location")),
    "GetBucketStat": Exchange(page("stat"), (OBJECT,)),
    "GetBucketInfo": Exchange(page("bucketInfo")),
    "GetBucketInfo, no such bucket": Exchange(Ask("GET", "/?bucketInfo", bucket="no-such-bucket-here")),
    "GetBucketInfo of others": Exchange(Ask("GET", "/?bucketInfo", signed=False)),
    "ListBuckets": Exchange(Ask("GET", bucket=None)),
    "DeleteBucket": Exchange(Ask("DELETE")),
    "DeleteBucket, no such bucket": Exchange(Ask("DELETE", bucket="no-such-bucket-here")),
    "DeleteBucket with objects": Exchange(Ask("DELETE"), (OBJECT,)),
    "DescribeRegions": Exchange(Ask("GET", "/?regions", bucket=None)),
    "PutLiveChannel": Exchange(CHANNEL),
    "ListLiveChannel": Exchange(page("live"), (CHANNEL,)),
    "GetLiveChannelInfo": Exchange(Ask("GET", "/lc?live"), (CHANNEL,)),
    "GetLiveChannelStat": Exchange(Ask("GET", "/lc?live&comp=stat"), (CHANNEL,)),
    "PutBucketPolicy": Exchange(POLICY),
    "GetBucketPolicy": Exchange(page("policy"), (POLICY,)),
    "DeleteBucketPolicy": delete("policy", POLICY),
    "PutBucketTransferAcceleration": Exchange(ACCELERATION),
    "GetBucketTransferAcceleration": Exchange(page("transferAcceleration"), (ACCELERATION,)),
    "CreateCnameToken": Exchange(CNAME_TOKEN),
    "GetCnameToken": Exchange(page("comp=token&cname=example.com"), (CNAME_TOKEN,)),
    "PutBucketInventory": Exchange(INVENTORY),
    "GetBucketInventory": Exchange(page("inventory&inventoryId=list1"), (INVENTORY,)),
    "PutBucketAccessMonitor": Exchange(MONITOR),
    "GetBucketAccessMonitor": Exchange(page("accessmonitor"), (MONITOR,)),
    "GetBucketResourceGroup": Exchange(page("resourceGroup")),
    "PutStyle": Exchange(STYLE),
    "GetStyle": Exchange(page("style&styleName=s"), (STYLE,)),
    "ListStyle": Exchange(page("style"), (STYLE,)),
    "DeleteStyle": delete("style&styleName=s", STYLE),
    "PutBucketArchiveDirectRead": Exchange(DIRECT),
    "GetBucketArchiveDirectRead": Exchange(page("bucketArchiveDirectRead"), (DIRECT,)),
    "PutBucketHttpsConfig": Exchange(HTTPS),
    "GetBucketHttpsConfig": Exchange(page("httpsConfig"), (HTTPS,)),
    "PutBucketPublicAccessBlock": Exchange(BLOCK),
    "GetBucketPublicAccessBlock": Exchange(page("publicAccessBlock"), (BLOCK,)),
    "DeleteBucketPublicAccessBlock": delete("publicAccessBlock", BLOCK),
    "InitiateBucketWorm": Exchange(WORM),
    "GetBucketWorm": Exchange(page("worm"), (WORM, Ask("POST", "/?wormId={worm_id}"))),
    "AbortBucketWorm": delete("worm", WORM),
    "PutBucketVersioning": Exchange(MARKED[0]),
    "GetBucketVersioning": Exchange(page("versioning"), MARKED),
    "GetBucketVersioning, never set": Exchange(page("versioning")),
    "PutBucketEncryption": Exchange(ENCRYPTION),
    "GetBucketEncryption": Exchange(page("encryption"), (ENCRYPTION,)),
    "DeleteBucketEncryption": delete("encryption", ENCRYPTION),
    "DeleteBucketTags": delete("tagging", config("tagging", TAGGING)),
    "ListObjects": Exchange(Ask("GET", "/?prefix=fun"), KEYS),
    "ListObjects of a folder": Exchange(Ask("GET", "/?prefix=fun/&delimiter=/"), KEYS),
    "ListObjects, a first page": Exchange(Ask("GET", "/?max-keys=1&marker=a&encoding-type=url"), KEYS),
    "ListObjectsV2": Exchange(Ask("GET", "/?list-type=2&prefix=fun&encoding-type=url"), KEYS),
    "ListObjectsV2 of a folder": Exchange(Ask("GET", "/?list-type=2&prefix=fun/&delimiter=/&encoding-type=url"), KEYS),
    "ListObjectsV2 with owners": Exchange(
        Ask("GET", "/?list-type=2&start-after=b&max-keys=1&fetch-owner=true&encoding-type=url"), KEYS
    ),
    "ListObjectVersions": Exchange(page("versions"), DELETED),
    "PutObject": Exchange(OBJECT),
    "PutObject, a version": Exchange(OBJECT, MARKED[:1]),
    "GetObject": Exchange(Ask("GET", "/key"), (OBJECT,)),
    "GetObject, a range": Exchange(Ask("GET", "/key", headers={"Range": "bytes=1-3"}), (OBJECT,)),
    "GetObject, a version": Exchange(Ask("GET", "/key?versionId={version_id}"), MARKED),
    "GetObject, deleted": Exchange(Ask("GET", "/key"), DELETED),
    "GetObject, a delete marker": Exchange(Ask("GET", "/key?versionId={version_id}"), DELETED),
    "HeadObject": Exchange(Ask("HEAD", "/key"), (OBJECT,)),
    "GetObjectMeta": Exchange(Ask("HEAD", "/key?objectMeta"), (OBJECT,)),
    "GetObjectMeta, none": Exchange(Ask("HEAD", "/key?objectMeta")),
    "GetObjectMeta, a version": Exchange(Ask("HEAD", "/key?objectMeta&versionId={version_id}"), MARKED),
    "AppendObject": Exchange(Ask("POST", "/log?append&position=0", "line")),
    "AppendObject, a version": Exchange(Ask("POST", "/log?append&position=0", "line"), MARKED[:1]),
    "CopyObject": Exchange(Ask("PUT", "/copy", headers={"x-oss-copy-source": f"/{BUCKET}/key"}), (OBJECT,)),
    "DeleteObject": Exchange(Ask("DELETE", "/key"), (OBJECT,)),
    "DeleteObject, a new marker": Exchange(Ask("DELETE", "/key"), MARKED),
    "DeleteObject, a version": Exchange(Ask("DELETE", "/key?versionId={version_id}"), MARKED),
    "DeleteObject, a delete marker": Exchange(Ask("DELETE", "/key?versionId={version_id}"), DELETED),
    "DeleteMultipleObjects": Exchange(
        Ask("POST", "/?delete&encoding-type=url", DELETE, {"Content-MD5": checksums.encode_md5(MD5)}), (OBJECT,)
    ),
    "PutObjectACL": Exchange(Ask("PUT", "/key?acl", headers={"x-oss-object-acl": "private"}), (OBJECT,)),
    "GetObjectACL": Exchange(Ask("GET", "/key?acl"), (OBJECT,)),
    "GetObjectACL, a version": Exchange(Ask("GET", "/key?acl"), MARKED),
    "GetObjectTagging": Exchange(Ask("GET", "/key?tagging"), (OBJECT, Ask("PUT", "/key?tagging", TAGGING))),
    "PutSymlink": Exchange(Ask("PUT", "/link?symlink", headers={"x-oss-symlink-target": "key"})),
    "GetSymlink": Exchange(
        Ask("GET", "/link?symlink"), (Ask("PUT", "/link?symlink", headers={"x-oss-symlink-target": "key"}),)
    ),
    "RestoreObject": Exchange(Ask("POST", "/cold?restore"), (ARCHIVED,)),
    "RestoreObject under way": Exchange(Ask("POST", "/cold?restore"), (ARCHIVED, Ask("POST", "/cold?restore"))),
    "InitiateMultipartUpload": Exchange(PARTS[0]),
    "UploadPart": Exchange(PARTS[1], PARTS[:1]),
    "UploadPartCopy": Exchange(
        Ask(
            "PUT",
            "/big?partNumber=1&uploadId={upload_id}",
            headers={"x-oss-copy-source": f"/{BUCKET}/key", "x-oss-copy-source-range": "bytes=0-3"},
        ),
        (OBJECT, *PARTS[:1]),
    ),
    "CompleteMultipartUpload": Exchange(Ask("POST", "/big?uploadId={upload_id}", COMPLETE), PARTS),
    "AbortMultipartUpload": Exchange(Ask("DELETE", "/big?uploadId={upload_id}"), PARTS),
    "ListMultipartUploads": Exchange(page("uploads"), PARTS),
    "ListParts": Exchange(Ask("GET", "/big?uploadId={upload_id}"), PARTS),
    "Options": Exchange(
        Ask("OPTIONS", "/key", headers={"Origin": "http://a.example", "Access-Control-Request-Method": "GET"}), (CORS,)
    ),
} | newer_exchanges.EXCHANGES

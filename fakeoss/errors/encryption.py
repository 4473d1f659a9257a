"""Refusals of encryption settings and keys."""

from __future__ import annotations

from fakeoss.errors.base import Row

InvalidEncryptionAlgorithmError = Row(
    "InvalidEncryptionAlgorithmError",
    400,
    "The encryption algorithm specified is not valid.",
    "0005-00000003",
    source="reference 2022; docs: HTTP 400; docs: 0005-00000003",
)
InvalidBucketEncryptionAlgorithm = Row(
    "InvalidEncryptionAlgorithmError",
    400,
    "The Encryption request you specified is not valid. Supported value: AES256/KMS.",
    "0005-00000003",
    source="reference 2022; docs: HTTP 400; docs: 0005-00000003",
)
InvalidDataEncryptionAlgorithmError = Row(
    "InvalidDataEncryptionAlgorithmError",
    400,
    "The KMS Data Encryption request you specified is not valid. Supported value:SM4",
    "0005-00000203",
    source="docs: HTTP 400; docs: 0005-00000203",
)
InvalidEncryptionRequest = Row(
    "InvalidEncryptionRequest",
    400,
    "Miss some necessary client encryption meta parameters.",
    source="docs: HTTP 400; oss2 exceptions",
)
EncryptionKeyMissing = Row(
    "InvalidEncryptionRequest",
    400,
    "Miss some necessary client encryption meta parameters.",
    "0005-00000401",
    source="docs: HTTP 400; docs: 0005-00000401",
)
EncryptionStartMissing = Row(
    "InvalidEncryptionRequest",
    400,
    "Miss some necessary client encryption meta parameters.",
    "0005-00000402",
    source="docs: HTTP 400; docs: 0005-00000402",
)
EncryptionCekAlgMissing = Row(
    "InvalidEncryptionRequest",
    400,
    "Miss some necessary client encryption meta parameters.",
    "0005-00000403",
    source="docs: HTTP 400; docs: 0005-00000403",
)
EncryptionWrapAlgMissing = Row(
    "InvalidEncryptionRequest",
    400,
    "Miss some necessary client encryption meta parameters.",
    "0005-00000404",
    source="docs: HTTP 400; docs: 0005-00000404",
)
EncryptionHmacMissing = Row(
    "InvalidEncryptionRequest",
    400,
    "Miss some necessary client encryption meta parameters.",
    "0005-00000405",
    source="docs: HTTP 400; docs: 0005-00000405",
)
EncryptionDataSizeMissing = Row(
    "InvalidEncryptionRequest",
    400,
    "Miss some necessary client encryption meta parameters.",
    "0005-00000406",
    source="docs: HTTP 400; docs: 0005-00000406",
)
EncryptionPartSizeMissing = Row(
    "InvalidEncryptionRequest",
    400,
    "Miss some necessary client encryption meta parameters.",
    "0005-00000407",
    source="docs: HTTP 400; docs: 0005-00000407",
)
EncryptionDataSizeInvalid = Row(
    "InvalidEncryptionRequest",
    400,
    "The client encryption data size must be an integer.",
    "0005-00000408",
    source="docs: 0005-00000408; wording ours",
)
EncryptionPartSizeInvalid = Row(
    "InvalidEncryptionRequest",
    400,
    "The client encryption part size must be an integer.",
    "0005-00000409",
    source="docs: 0005-00000409; wording ours",
)
EncryptionPartsTooMany = Row(
    "InvalidEncryptionRequest",
    400,
    "The client encryption sizes make more than 10000 parts.",
    "0005-00000410",
    source="docs: 0005-00000410; wording ours",
)
EncryptedPartsTooMany = Row(
    "InvalidEncryptionRequest",
    400,
    "There are more parts than the client encryption sizes make.",
    "0005-00000411",
    source="docs: 0005-00000411; wording ours",
)
EncryptionStartChanged = Row(
    "InvalidEncryptionRequest",
    400,
    "The client encryption start is not that of the initiation.",
    "0005-00000413",
    source="docs: 0005-00000413; wording ours",
)
EncryptionHmacChanged = Row(
    "InvalidEncryptionRequest",
    400,
    "The client encryption magic number hmac is not that of the initiation.",
    "0005-00000416",
    source="docs: 0005-00000416; wording ours",
)
EncryptionPartSizeChanged = Row(
    "InvalidEncryptionRequest",
    400,
    "The client encryption part size is not that of the initiation.",
    "0005-00000418",
    source="docs: 0005-00000418; wording ours",
)
EncryptionChanged = Row(
    "InvalidEncryptionRequest",
    400,
    "The client encryption meta parameters are not those of the initiation.",
    source="docs: 0005-00000413 to 0005-00000418; wording ours",
)
EncryptedPartSize = Row(
    "InvalidEncryptionRequest",
    400,
    "The size of the part is not the client encryption part size.",
    "0005-00000419",
    source="docs: 0005-00000419; wording ours",
)
EncryptedDataSize = Row(
    "InvalidEncryptionRequest",
    400,
    "The sizes of the parts do not make the client encryption data size.",
    "0005-00000420",
    source="docs: 0005-00000420; wording ours",
)
EncryptionMetaProtected = Row(
    "InvalidEncryptionRequest",
    400,
    "The client encryption meta can not be modified by a copy.",
    "0005-00000421",
    source="docs: 0005-00000421; code from the oss2 tests; wording ours",
)
KmsServiceNotEnabled = Row(
    "KmsServiceNotEnabled", 403, "This user does not turn on KMS service.", source="reference 2022; docs: HTTP 400"
)
KmsKeyNotApplicable = Row(
    "InvalidArgument",
    400,
    "KMSMasterKeyID is not applicable if the default sse algorithm is not KMS.",
    "0005-00000204",
    source="reference 2022; docs: HTTP 400; docs: 0005-00000204",
)
InvalidKmsKeyId = Row(
    "InvalidParameter", 400, "The specified parameter KMS keyId is not valid.", source="docs: HTTP 400"
)
KeyNotFound = Row(
    "KeyNotFound",
    404,
    "The specified parameter KMS keyId is not found",
    "0005-00000208",
    source="docs: HTTP 404; docs: 0005-00000208",
)
AliasNotFound = Row("AliasNotFound", 404, "The specified Alias is not found", source="docs: HTTP 404")
NoSuchServerSideEncryptionRule = Row(
    "NoSuchServerSideEncryptionRule",
    404,
    "The server side encryption configuration was not found",
    source="docs: HTTP 404; oss2 exceptions",
)

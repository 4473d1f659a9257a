"""Refusals of encryption settings and keys."""

from __future__ import annotations

from fakeoss.errors.base import Row

InvalidEncryptionAlgorithmError = Row(
    "InvalidEncryptionAlgorithmError",
    400,
    "The encryption algorithm specified is not valid.",
    source="reference 2022; docs: HTTP 400",
)
InvalidBucketEncryptionAlgorithm = Row(
    "InvalidEncryptionAlgorithmError",
    400,
    "The Encryption request you specified is not valid. Supported value: AES256/KMS.",
    source="reference 2022; docs: HTTP 400",
)
InvalidDataEncryptionAlgorithmError = Row(
    "InvalidDataEncryptionAlgorithmError",
    400,
    "The KMS Data Encryption request you specified is not valid. Supported value:SM4",
    source="docs: HTTP 400",
)
InvalidEncryptionRequest = Row(
    "InvalidEncryptionRequest",
    400,
    "Miss some necessary client encryption meta parameters.",
    source="docs: HTTP 400; oss2 exceptions",
)
KmsServiceNotEnabled = Row(
    "KmsServiceNotEnabled", 403, "This user does not turn on KMS service.", source="reference 2022; docs: HTTP 400"
)
KmsKeyNotApplicable = Row(
    "InvalidArgument",
    400,
    "KMSMasterKeyID is not applicable if the default sse algorithm is not KMS.",
    source="reference 2022; docs: HTTP 400",
)
InvalidKmsKeyId = Row(
    "InvalidParameter", 400, "The specified parameter KMS keyId is not valid.", source="docs: HTTP 400"
)
KeyNotFound = Row("KeyNotFound", 404, "The specified parameter KMS keyId is not found", source="docs: HTTP 404")
AliasNotFound = Row("AliasNotFound", 404, "The specified Alias is not found", source="docs: HTTP 404")
NoSuchServerSideEncryptionRule = Row(
    "NoSuchServerSideEncryptionRule",
    404,
    "The server side encryption configuration was not found",
    source="docs: HTTP 404; oss2 exceptions",
)

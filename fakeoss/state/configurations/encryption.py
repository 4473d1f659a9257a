"""Default server-side encryption of a bucket."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.schema import schema, text

_AROUND = "ApplyServerSideEncryptionByDefault"
ALGORITHMS = ("AES256", "KMS", "SM4")


@schema("ServerSideEncryptionRule")
class BucketEncryption:
    """The rule for objects written without encryption headers (reference 7.14.1).

    SM4 as an algorithm is newer than the reference. An empty key id or data algorithm means none, and so does
    a data algorithm without KMS (oss2's tests). Answers repeat the key id in a header.
    """

    algorithm: str = text(
        "SSEAlgorithm", inside=_AROUND, choices=ALGORITHMS, bad=errors.InvalidBucketEncryptionAlgorithm
    )
    key_id: str | None = text(
        "KMSMasterKeyID", inside=_AROUND, default=None, pattern="[ -~]*", longest=256, bad=errors.InvalidKmsKeyId
    )
    data_algorithm: str | None = text("KMSDataEncryption", inside=_AROUND, default=None)

    def validate(self) -> None:
        """Refuse a key without KMS, and a data algorithm with KMS that is not SM4."""
        if self.algorithm != "KMS" and self.key_id:
            raise errors.KmsKeyNotApplicable(ArgumentName="KMSMasterKeyID", ArgumentValue=self.key_id)
        if self.algorithm == "KMS" and self.data_algorithm not in (None, "", "SM4"):
            raise errors.InvalidDataEncryptionAlgorithmError(
                ArgumentName="KMSDataEncryption", ArgumentValue=self.data_algorithm
            )

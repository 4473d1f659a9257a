"""Refusals of custom domains."""

from __future__ import annotations

from fakeoss.errors.base import Row

TooManyCnameToken = Row(
    "TooManyCnameToken",
    400,
    "You have attempted to create more cname token than allowed.",
    source="reference 2022; SDK tests",
)
NoNeedCreateCnameToken = Row(
    "NoNeedCreateCnameToken",
    403,
    "The cname is verified already, no token is needed.",
    source="reference 2022; wording ours",
)
CnameTokenNotFound = Row("CnameTokenNotFound", 404, "Cname token not found.", source="reference 2022")
InvalidCname = Row("InvalidArgument", 400, "The cname is missing or invalid.", source="reference 2022; wording ours")
CnameTooShort = Row(
    "InvalidArgument",
    400,
    "Entire hostname must be longer than 3 ASCII characters.",
    "0017-00000249",
    source="docs: 0017-00000249",
)
NeedVerifyDomainOwnership = Row(
    "NeedVerifyDomainOwnership",
    403,
    "The ownership of the domain must be verified.",
    "0018-00000115",
    source="reference 2022; SDK tests; wording ours",
)
CnameDenied = Row("CnameDenied", 403, "The cname belongs to another user", source="reference 2022; docs: HTTP 403")
CnameIsForbidden = Row(
    "CnameIsForbidden",
    403,
    "The cname is forbidden.",
    "0018-00000401",
    source="reference 2022; docs: 0018-00000401; wording ours; pairing inferred",
)
CertificateChanged = Row(
    "InvalidArgument",
    400,
    "PreviousCertId is not the id of the certificate bound to the cname.",
    source="docs: PutCname; wording ours",
)
CnameIsRisk = Row("CnameIsRisk", 403, "The cname is a risk.", source="reference 2022; wording ours")
NoSuchCnameInRecord = Row(
    "NoSuchCnameInRecord", 404, "No such cname be found in record", source="reference 2022; public error report"
)
CnameAlreadyExists = Row(
    "CnameAlreadyExists",
    409,
    "The cname has been attatched to your other bucket already",
    source="reference 2022; docs: HTTP 409",
)
NoSuchCname = Row("NoSuchCname", 404, "The specified cname does not exist.", source="reference 2022; wording ours")
TooManyCname = Row(
    "TooManyCname", 400, "You have attempted to bind more cnames than allowed.", source="docs: HTTP 400; wording ours"
)

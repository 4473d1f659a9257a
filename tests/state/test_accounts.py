"""Accounts, keys, and the names by which policies know whoever uses them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from fakeoss.state.accounts import ANONYMOUS, Account, Accounts, Credential, Identity, user_id

ACCOUNT = Account("1234567890123456", "tester")
ROOT = Credential("LTAIRoot", "secret", ACCOUNT.id)
ALICE = Credential("LTAIAlice", "secret", ACCOUNT.id, user="alice", policy="{}")
NAMELESS = Credential("LTAINameless", "secret", ACCOUNT.id, policy="{}")
POWERLESS = Credential("LTAIPowerless", "secret", ACCOUNT.id, user="bob")
STS = Credential("STS.1", "secret", ACCOUNT.id, policy="{}", security_token="token", role="reader", session="job")
REGISTRY = Accounts.of(ACCOUNT, ROOT, ALICE, NAMELESS, POWERLESS, STS)


def test_an_account_shows_its_uid_unless_named() -> None:
    assert ACCOUNT.name == "tester"
    assert Account("1").name == "1"
    assert REGISTRY.display_name(ACCOUNT.id) == "tester"
    assert REGISTRY.display_name("999") == "999"


def test_a_registry_never_changes() -> None:
    other = Account("6543210987654321")
    more = REGISTRY.with_account(other).with_credential(Credential("LTAIOther", "s", other.id))
    assert more.credential("LTAIOther") is not None
    assert more.account(other.id) == other
    assert REGISTRY.credential("LTAIOther") is None
    assert REGISTRY.account(other.id) is None


def test_the_newest_key_of_an_id_counts() -> None:
    changed = Credential(ROOT.access_key_id, "new secret", ACCOUNT.id)
    assert REGISTRY.with_credential(changed).credential(ROOT.access_key_id) == changed


def test_a_key_needs_an_account() -> None:
    with pytest.raises(ValueError, match="no account '999'"):
        REGISTRY.with_credential(Credential("LTAI", "s", "999"))


def test_secrets_stay_out_of_the_representation() -> None:
    assert "secret" not in repr(ROOT)
    assert "token" not in repr(STS).replace("security_token", "")


@pytest.mark.parametrize(
    ("credential", "kind", "arn"),
    [
        (ROOT, "root", "acs:ram::1234567890123456:root"),
        (ALICE, "ram-user", "acs:ram::1234567890123456:user/alice"),
        (NAMELESS, "ram-user", "acs:ram::1234567890123456:user/LTAINameless"),
        (STS, "sts", "acs:sts::1234567890123456:assumed-role/reader/job"),
    ],
)
def test_who_uses_a_key(credential: Credential, kind: str, arn: str) -> None:
    identity = REGISTRY.identity(credential)
    assert (identity.kind, identity.arn, identity.verified) == (kind, arn, True)
    assert arn in identity.principals
    assert arn.replace("acs:", "arn:", 1) in identity.principals


def test_bucket_policies_know_accounts_and_ram_users_by_uid() -> None:
    assert REGISTRY.identity(ROOT).user_id == ACCOUNT.id
    alice = REGISTRY.identity(ALICE).user_id
    assert alice == user_id(ACCOUNT.id, "alice") == REGISTRY.identity(ALICE).principals[0]
    assert len(alice) == 18
    assert alice.isdigit()
    assert alice != user_id(ACCOUNT.id, "bob")
    assert REGISTRY.identity(STS).user_id == ""


def test_policies_of_users_and_of_sessions() -> None:
    assert REGISTRY.identity(ROOT).policies == ()
    assert REGISTRY.identity(ALICE).policies == ("{}",)
    assert REGISTRY.identity(POWERLESS).kind == "ram-user"
    assert REGISTRY.identity(POWERLESS).policies == ()
    assert (REGISTRY.identity(STS).policies, REGISTRY.identity(STS).session_policy) == ((), "{}")


def test_the_anonymous_have_no_name() -> None:
    assert (ANONYMOUS.arn, ANONYMOUS.user_id, ANONYMOUS.principals, ANONYMOUS.account_id) == ("", "", (), "")
    assert ANONYMOUS.is_anonymous
    assert not ANONYMOUS.is_root


def test_a_key_that_nobody_registered_counts_as_the_default_account() -> None:
    assert REGISTRY.default_identity("any") == Identity("root", ACCOUNT.id, "any", verified=False)


def test_a_temporary_key_ends_at_its_moment() -> None:
    at = datetime(2023, 12, 3, tzinfo=timezone.utc)
    credential = Credential("STS.2", "s", ACCOUNT.id, security_token="t", expires=at)
    assert [credential.expired(at + timedelta(seconds=apart)) for apart in (-1, 0, 1)] == [False, True, True]
    assert not STS.expired(at)


def test_a_token_leads_to_its_key() -> None:
    assert REGISTRY.holder("token") == STS
    assert REGISTRY.holder("other") is None

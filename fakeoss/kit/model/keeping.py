"""What keeps versions from being overwritten and deleted: the bucket's policy, their own retention, a hold."""

from __future__ import annotations

from abc import ABC, abstractmethod

from fakeoss.kit import steps
from fakeoss.kit.model.records import LONGEST_RETENTION, Made, Policy, Refusal
from fakeoss.kit.steps import Outcome, Version, told


class Keeping(ABC):
    """The part of the model that time has to do with."""

    def __init__(self) -> None:
        """Nothing keeps anything, on the first day."""
        self.versioning: str | None = None
        self.policy: Policy | None = None
        self.keeps_objects = False
        self.day = 0

    @abstractmethod
    def _read(self, key: str, version: Version, marker: str = "MethodNotAllowed") -> Made:
        """The version asked for; `marker` is the refusal where that is a delete marker."""

    def _is_kept(self, made: Made, *, bypass: bool = False) -> bool:
        """Whether it must not be overwritten or deleted; `bypass` disregards retention in governance mode."""
        if made.is_marker:
            return False
        policy = self._policy()
        by_policy = policy is not None and self.day - made.day < policy.days
        by_retention = self.day < made.until and not (bypass and made.mode == "GOVERNANCE")
        return made.held or by_policy or by_retention

    def _policy(self) -> Policy | None:
        """The policy in force: one that is not locked lapses after a day."""
        policy = self.policy
        return None if policy is None or (not policy.locked and self.day > policy.day) else policy

    # The bucket's policy

    def initiateworm(self, step: steps.InitiateWorm) -> Outcome:
        """InitiateBucketWorm (reference 7.2.1)."""
        if not 1 <= step.days <= LONGEST_RETENTION:
            raise Refusal("InvalidWORMConfiguration")
        policy = self._policy()
        if policy is not None:
            raise Refusal("WORMConfigurationLocked" if policy.locked else "InvalidWORMConfiguration")
        if self.versioning == "Suspended" or self.keeps_objects:
            raise Refusal("InvalidRequest")
        self.policy = Policy(step.days, self.day)
        return told()

    def _policy_required(self) -> Policy:
        policy = self._policy()
        if policy is None:
            raise Refusal("NoSuchWORMConfiguration")
        return policy

    def lockworm(self, step: steps.LockWorm) -> Outcome:
        """CompleteBucketWorm (reference 7.2.3)."""
        policy = self._policy_required()
        if policy.locked:
            raise Refusal("WORMConfigurationLocked")
        policy.locked = True
        return told()

    def extendworm(self, step: steps.ExtendWorm) -> Outcome:
        """ExtendBucketWorm (reference 7.2.4): locked policies only, and never shorter."""
        if not 1 <= step.days <= LONGEST_RETENTION:
            raise Refusal("InvalidWORMConfiguration")
        policy = self._policy_required()
        if not policy.locked or step.days <= policy.days:
            raise Refusal("InvalidWORMConfiguration")
        policy.days = step.days
        return told()

    def abortworm(self, step: steps.AbortWorm) -> Outcome:
        """AbortBucketWorm (reference 7.2.2)."""
        if self._policy_required().locked:
            raise Refusal("WORMConfigurationLocked")
        self.policy = None
        return told()

    def getworm(self, step: steps.GetWorm) -> Outcome:
        """GetBucketWorm (reference 7.2.5)."""
        policy = self._policy_required()
        return told(state="Locked" if policy.locked else "InProgress", days=policy.days)

    # Retention and holds of versions

    def keepobjects(self, step: steps.KeepObjects) -> Outcome:
        """PutBucketObjectWormConfiguration (documentation): for versions only, and not beside a policy."""
        if self.versioning != "Enabled" or self._policy():
            raise Refusal("InvalidRequest")
        self.keeps_objects = True
        return told()

    def _keepable(self, key: str, version: Version) -> Made:
        if not self.keeps_objects:
            raise Refusal("InvalidRequest")
        return self._read(key, version, marker="NoSuchKey")

    def retain(self, step: steps.Retain) -> Outcome:
        """PutObjectRetention (documentation): while it lasts neither another mode nor, but for governance, less."""
        made = self._keepable(step.key, step.version)
        if step.days < 1:
            raise Refusal("InvalidArgument")
        until = self.day + step.days
        if self.day < made.until:
            if step.mode != made.mode:
                raise Refusal("FileImmutable")
            if until < made.until and not (made.mode == "GOVERNANCE" and step.bypass):
                raise Refusal("AccessDenied")
        made.mode, made.until = step.mode, until
        return told()

    def getretention(self, step: steps.GetRetention) -> Outcome:
        """GetObjectRetention (documentation)."""
        made = self._keepable(step.key, step.version)
        return told(mode=made.mode, days=made.until - self.day) if made.mode else told(mode="")

    def hold(self, step: steps.Hold) -> Outcome:
        """PutObjectLegalHold."""
        self._keepable(step.key, step.version).held = step.on
        return told()

    def gethold(self, step: steps.GetHold) -> Outcome:
        """GetObjectLegalHold."""
        return told(on=self._keepable(step.key, step.version).held)

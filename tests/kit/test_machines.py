"""The fake and the model agree, oss2 and SDK v2 see the same fake, and a difference is told as a test."""

from __future__ import annotations

import pytest

from fakeoss import FakeOSS, kit
from fakeoss.kit import steps
from fakeoss.kit.model import Model
from fakeoss.kit.steps import Outcome, Step
from fakeoss.kit.targets import Make
from tests.budget import examples

AREAS = sorted(kit.AREAS)
EXAMPLES = 100
"""Runs of the fake against the model for each area in CI; `test_mutants` has the same."""


class Forgetful(Model):
    """A model that loses metadata, and forgets every second delete."""

    def __init__(self) -> None:
        super().__init__()
        self._deletions = 0

    def put(self, step: steps.Put) -> Outcome:
        return super().put(steps.Put(step.key, step.data))

    def delete(self, step: steps.Delete) -> Outcome:
        self._deletions += 1
        return steps.told(marker=False) if self._deletions == 2 else super().delete(step)


def forgetful(oss: FakeOSS, bucket: str) -> Forgetful:
    return Forgetful()


@pytest.mark.parametrize("area", AREAS)
def test_the_fake_and_the_model_agree(area: str) -> None:
    kit.compare(area, "raw", "model", examples=examples(EXAMPLES))


@pytest.mark.parametrize("area", [area for area in AREAS if area != "holds"])
def test_oss2_and_sdk_v2_see_the_same_service(area: str) -> None:
    kit.compare(area, "oss2", "v2", examples=8, length=20)


@pytest.mark.parametrize("area", ["objects", "versions", "multipart"])
def test_the_asynchronous_client_sees_it_too(area: str) -> None:
    kit.compare(area, "v2-async", "model", examples=3, length=20)


@pytest.mark.parametrize("area", ["versions", "multipart", "configurations", "holds"])
def test_clients_see_what_the_model_tells(area: str) -> None:
    kit.compare(area, "v2", "model", examples=6, length=20)


def test_a_difference_is_told_as_a_test_of_the_steps_it_needs() -> None:
    with pytest.raises(kit.Difference) as found:
        kit.compare("objects", "model", forgetful, examples=30)
    assert len(found.value.steps) <= 3
    told = str(found.value)
    assert told.startswith(f"the targets differ in their answers to {found.value.steps[-1]!r}\n")
    assert "def test_model_and_forgetful_agree() -> None:" in told
    code = told[told.index("from fakeoss import kit") :]
    names: dict[str, object] = {"forgetful": forgetful}
    exec(code, names)  # noqa: S102 - that it is ready code is the test
    with pytest.raises(kit.Difference):
        names["test_model_and_forgetful_agree"]()  # type: ignore[operator]  # a function, made by the code


def test_what_makes_a_target_may_have_no_name() -> None:
    with pytest.raises(kit.Difference) as found:
        kit.replay([steps.Put("a", b"1", {"x": "y"}), steps.Get("a")], "model", lambda oss, bucket: Forgetful())
    code = str(found.value)[str(found.value).index("from fakeoss import kit") :]
    names: dict[str, object] = {"target": forgetful}
    exec(code, names)  # noqa: S102 - that it is ready code is the test
    with pytest.raises(kit.Difference):
        names["test_model_and_target_agree"]()  # type: ignore[operator]  # a function, made by the code


def test_what_is_not_needed_is_left_out() -> None:
    done: list[Step] = [steps.Put("a", b"1"), steps.Get("a"), steps.Put("a", b"1", {"x": "y"}), steps.Get("a")]
    with pytest.raises(kit.Difference, match=r"'meta': .'x': 'y'.") as found:
        kit.replay(done, "model", forgetful)
    assert list(found.value.steps) == done


def test_past_differences_stay_settled() -> None:
    """Runs in which fake and model, or two clients, once differed."""
    past: list[list[Step]] = [
        [steps.Append("a", 0, b""), steps.Copy("a", "a"), steps.Append("a", 0, b"")],
        [steps.Append("a", 0, b""), steps.Copy("a", "b"), steps.Append("b", 0, b""), steps.Get("b")],
        [steps.SetVersioning("Suspended"), steps.Delete("a"), steps.Copy("a", "a", version="null")],
        [steps.Put("a", b"1"), steps.Get("a", span="bytes=-3", standard=True), steps.Get("a", span="bytes=-1")],
        [steps.SetVersioning("Enabled"), steps.Put("a", b""), steps.DeleteMany((("a", None), ("b", 1)))],
        [steps.ExtendWorm(0), steps.InitiateWorm(1), steps.InitiateWorm(1)],
        [steps.Put("b", b"", {"a": "1"}), steps.Copy("b", "b"), steps.Get("b")],
    ]
    for done in past:
        kit.replay(done, "raw", "model")
        kit.replay(done, "oss2", "v2")


@pytest.mark.parametrize(
    ("left", "right", "message"),
    [
        ("raw", "modell", "no target is called 'modell'"),
        ("real", "v2", "hides the real service"),
    ],
)
def test_impossible_pairs_are_told(left: str | Make, right: str | Make, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        kit.replay([], left, right)


def test_what_a_client_cannot_do_is_told() -> None:
    with pytest.raises(ValueError, match="oss2 knows no retention of objects: give KeepObjects"):
        kit.replay([steps.KeepObjects()], "oss2", "model")
    with pytest.raises(ValueError, match="has no put_bucket_referer: give the step to 'v2'"):
        kit.replay([steps.SetReferers(False)], "v2-async", "model")


def test_unknown_areas_are_told() -> None:
    with pytest.raises(ValueError, match="no area is called 'buckets'; there are objects, listing"):
        kit.compare("buckets")


def test_every_target_knows_every_step() -> None:
    for name in ("model", "raw", "oss2", "v2", "v2-async"):
        with kit.Stage(name, "model") as stage:
            for step in steps.STEPS:
                assert hasattr(stage._targets[0], step.__name__.lower())


def test_steps_are_shown_as_code() -> None:
    done = steps.Get("a", when=steps.When(match="same", modified_since=0))
    assert repr(done) == "Get('a', when=When(match='same', modified_since=0))"
    assert eval(repr(done), vars(steps)) == done  # noqa: S307 - that it is code is the test

"""A lecture's file: what is written comes back, and what a stranger wrote is refused in one sentence."""

import json

import pytest

from core.language import LANGUAGES, set_language
from core.lecture.checks import DEEPEST
from core.lecture.errors import LectureError
from core.lecture.known import Known, RunSpec
from core.lecture.lecture import LONGEST_CAPTION, LONGEST_NOTES, Lecture, Scene
from core.lecture.lecture_file import MOST_BYTES, read_lecture, write_lecture

KNOWN = Known(
    frozenset({"policy_gradient.live", "policy_gradient.replay", "attention.map"}),
    {
        "policy_gradient": (
            RunSpec("train_until", "", numbers=(("episode", 1, 1000),)),
            RunSpec("watch", "", pages=("policy_gradient.replay",)),
        )
    },
)
LECTURE = Lecture(
    "一堂课",
    "zh_CN",
    (
        Scene(
            "policy_gradient.live", {"config": {"env_id": "CartPole-v1", "limit": None}, "speed": "fast"},
            caption="小车", notes="先问大家。\n再按下一页。", section="3 Gym简介", zoom=1.25, explain=True,
            run={"do": "train_until", "episode": 150},
        ),
        Scene("attention.map", {"options": {"text": "<b>他</b>", "model": "intfloat/multilingual-e5-small"}}),
    ),
)  # fmt: skip


@pytest.fixture
def file(tmp_path):
    return tmp_path / "one.lecture.json"


def scene(**changed):
    return {"page": "policy_gradient.live", "caption": "A cart.", "state": {}} | changed


def written(file, *scenes, **changed):
    head = {"kind": "yaya-lab lecture", "version": 1, "title": "One", "language": "en", "scenes": list(scenes)}
    file.write_text(json.dumps(head | changed), encoding="utf-8")
    return file


def test_what_is_written_comes_back_and_can_be_read_by_people(file):
    write_lecture(file, LECTURE)
    assert read_lecture(file, KNOWN) == LECTURE
    text = file.read_text(encoding="utf-8")
    assert "小车" in text
    assert text.index('"caption"') < text.index('"state"')
    assert '"zoom": 1.0' not in text  # what is as usual is not said


def test_a_failed_write_leaves_the_lecture_that_was_there(file):
    write_lecture(file, LECTURE)
    with pytest.raises(TypeError):
        write_lecture(file, Lecture("broken", "en", (Scene("attention.map", {"a": object()}),)))
    assert read_lecture(file, KNOWN) == LECTURE
    with pytest.raises(LectureError, match="can't be saved"):
        write_lecture(file / "under a file", LECTURE)


deep = {}
for _level in range(DEEPEST + 1):
    deep = {"a": deep}

HOSTILE = {
    "a caption longer than a hall reads": (scene(caption="x" * (LONGEST_CAPTION + 1)), 'Scene 1: "caption"'),
    "a caption of two lines": (scene(caption="one\ntwo"), "more than one line"),
    "a caption that turns the line about": (scene(caption="abc\u202edef"), "more than one line"),
    "notes without end": (scene(notes="x" * (LONGEST_NOTES + 1)), 'Scene 1: "notes"'),
    "a field of no version": (scene(on_open="import os"), 'a field "on_open"'),
    "no page": ({"caption": "x"}, 'Scene 1: "page"'),
    "a page that is none": (scene(page="policy_gradient.secret"), "policy_gradient.secret"),
    "a tab that is none": (scene(page="os.system"), "os.system"),
    "no object": ("scene", "Scene 1"),
    "a state that is none": (scene(state=[1]), 'Scene 1: "state"'),
    "a state too deep": (scene(state=deep), "more than a page can have said"),
    "an environment that imports": (scene(state={"run": {"config": {"env_id": "os:Evil-v0"}}}), "load a module"),
    "an environment in a list": (scene(state={"x": [{"env_id": "os:Evil-v0"}]}), "load a module"),
    "a model in a folder": (scene(state={"options": {"model": "/etc"}}), "the model in the folder"),
    "a model above": (scene(state={"options": {"other_model": "../../secret"}}), "the model in the folder"),
    "a model at home": (scene(state={"options": {"model": "~/secret"}}), "the model in the folder"),
    "a model on another disk": (scene(state={"options": {"model": "C:\\secret"}}), "the model in the folder"),
    "a run that is none": (scene(run={"do": "shell", "command": "rm"}), "run something that its page can't"),
    "a run of another page": (scene(run={"do": "watch"}), "run something that its page can't"),
    "a run without its number": (scene(run={"do": "train_until"}), "run something that its page can't"),
    "a run without end": (scene(run={"do": "train_until", "episode": 10**9}), "run something that its page can't"),
    "a run by halves": (scene(run={"do": "train_until", "episode": True}), "run something that its page can't"),
    "type without end": (scene(zoom=1e300), 'Scene 1: "zoom"'),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_scene_is_refused_in_one_sentence(file, name):
    values, expected = HOSTILE[name]
    with pytest.raises(LectureError) as refused:
        read_lecture(written(file, values), KNOWN)
    said = str(refused.value)
    assert expected in said
    assert len(said) < 300
    assert "\n" not in said


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "isn't JSON"),
        (b"\xff\xfe\x00", "isn't JSON"),
        (b"[" * 100_000, "isn't JSON"),
        (b'{"kind": "yaya-lab lecture", "version": 1, "scenes": [], "title": NaN}', "isn't JSON"),
        (b"{}", "no lecture"),
        (b"[]", "no lecture"),
        (b'{"kind": "yaya-lab attention session", "version": 1}', "no lecture"),
        (b'{"kind": "yaya-lab lecture"}', "which version"),
        (b'{"kind": "yaya-lab lecture", "version": true}', "which version"),
        (b'{"kind": "yaya-lab lecture", "version": 2, "scenes": "of another kind"}', "newer version"),
        (b'{"kind": "yaya-lab lecture", "version": 1}', "no list of scenes"),
        (b'{"kind": "yaya-lab lecture", "version": 1, "scenes": [], "language": "tlh"}', '"language"'),
        (b'{"kind": "yaya-lab lecture", "version": 1, "scenes": [], "plugin": "os"}', 'a field "plugin"'),
        (b'{"kind": "' + b"x" * MOST_BYTES + b'"}', "larger than 4 MB"),
    ],
)
def test_a_hostile_file_is_refused_in_one_sentence(file, content, expected):
    file.write_bytes(content)
    with pytest.raises(LectureError) as refused:
        read_lecture(file, KNOWN)
    assert expected in str(refused.value)
    assert file.read_bytes() == content


def test_a_file_that_is_not_there_is_told(tmp_path):
    for path in (tmp_path / "none.json", tmp_path, tmp_path / "a\0b"):
        with pytest.raises(LectureError, match="can't be read"):
            read_lecture(path, KNOWN)


def test_markup_in_a_caption_is_text(file):
    caption = '<img src="file:///etc/passwd"> & <b>bold</b>'
    assert read_lecture(written(file, scene(caption=caption)), KNOWN).scenes[0].caption == caption


@pytest.mark.parametrize("language", LANGUAGES)
def test_refusals_are_said_in_the_language_in_use(file, language):
    set_language(language)
    with pytest.raises(LectureError) as refused:
        read_lecture(written(file, scene(page="nowhere")), KNOWN)
    assert ("幕" in str(refused.value)) == (language == "zh_CN")

"""A lecture as pictures and a handout, by the command."""

from PIL import Image

from app.theme import THEME_NAMES
from core.lecture.lecture import Lecture, Scene
from core.lecture.lecture_file import write_lecture
from tests.program import run


def test_every_scene_becomes_a_picture_and_all_of_them_a_handout(tmp_path):
    path, out = tmp_path / "two.lecture.json", tmp_path / "out"
    run_three = {"do": "train_until", "episode": 2}
    scenes = (
        Scene("policy_gradient.live", caption="One sentence.", notes="Say this.\nAnd that.", run=run_three),
        Scene("policy_gradient.plane", caption="Another."),
    )
    write_lecture(path, Lecture("Two", "en", scenes))
    given = ("lecture", path, "--out", out, "--pdf", "--size", "1024x768", "--theme", THEME_NAMES[0])
    done = run(*given, home=tmp_path / "home", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "[2/2] Another." in done.stdout
    for number in (1, 2):
        with Image.open(out / f"scene-0{number}.png") as picture:
            assert picture.size == (1024, 768)
    assert (out / "handout.pdf").read_bytes().startswith(b"%PDF")
    assert sorted(file.name for file in out.iterdir()) == ["handout.pdf", "scene-01.png", "scene-02.png"]


def test_what_is_no_lecture_is_told_before_any_work(tmp_path):
    path = tmp_path / "none.json"
    path.write_text("{}")
    done = run("lecture", path, "--out", tmp_path / "out", home=tmp_path / "home", cwd=tmp_path)
    assert done.returncode == 2
    assert "is no lecture of this program" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_scene_that_is_not_as_it_was_saved_is_named_and_the_command_fails(tmp_path):
    path, out = tmp_path / "two.lecture.json", tmp_path / "out"
    text = {"text": "a cat", "model": "minilm", "unit": "word"}
    scenes = (
        Scene("attention.map", {"options": text | {"layer": 99, "head": -7}}, caption="Impossible."),
        Scene("attention.map", {"options": text | {"layer": 2}}, caption="Possible."),
        Scene("attention.map", {"options": text | {"unit": "zzz"}}, caption="Unknown."),
    )
    write_lecture(path, Lecture("Two", "en", scenes))
    done = run("lecture", path, "--out", out, "--size", "1024x768", home=tmp_path / "home", cwd=tmp_path)
    assert done.returncode == 1
    first, second = [line for line in done.stderr.splitlines() if line.startswith("Scene ")]
    assert first.startswith("Scene 1 ")
    assert "options.layer is 5, not 99" in first
    assert "options.head is null, not -7" in first
    assert second == 'Scene 3 can\'t be shown as it was saved: options.unit is "word", not "zzz".'
    assert len(list(out.iterdir())) == 3

from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.passwords import hide_passwords, remember, speakable, with_password_of, without_password

PASSWORDS = (
    "s3cret",
    "p@ss",
    "a/b?c#d",
    "w&x=y&z",
    "q?x=y",
    "1234",
    "1234?a=b",
    "密 码!",
    "a:b@c:d",
    "it's",
    'say "x"',
    "%41%20",
)


@pytest.mark.parametrize("password", PASSWORDS)
@pytest.mark.parametrize(
    "form",
    [
        "postgresql://ann:{}@db.example:5432/pairs",
        "postgresql+psycopg://ann:{}@db/pairs?sslmode=require",
        "postgres://:{}@db/pairs",
        "postgresql://db/pairs?user=ann&password={}",
        "postgresql://db:5432/pairs?sslpassword={}&sslmode=require",
        "postgresql://db/pairs?pass%77ord={}",
        "mysql://ann:{}@db/pairs",
        "jdbc:postgresql://ann:{}@db/pairs",
        "host=db password={}",
        "host=db password = '{}' dbname=pairs",
        "ann:{}@db/pairs",
    ],
)
def test_what_is_said_and_kept_has_no_part_of_the_password(form, password):
    for spelt in (password, quote(password, safe=""), quote_plus(password)):
        address = form.format(f"§{spelt}§")  # signs that stand nowhere else mark where it begins and ends
        for said in (speakable(address), hide_passwords(speakable(address)), without_password(address)):
            assert "§" not in said
            assert spelt not in said or len(spelt) < 5
        assert speakable(speakable(address)) == speakable(address)


@pytest.mark.parametrize(
    ("address", "said", "kept"),
    [
        ("postgresql://ann:x@db:1/p", "postgresql://ann:***@db:1/p", "postgresql://ann@db:1/p"),
        ("postgresql://ann@db/p?sslmode=require", None, None),
        ("postgresql://db:5432/p", None, None),
        ("postgresql://[::1]:5432/p", None, None),
        ("postgresql:///p?host=/var/run/postgresql", None, None),
        (
            "postgresql://db/p?user=ann&password=x&sslmode=require",
            "postgresql://db/p?user=ann&password=***&sslmode=require",
            "postgresql://db/p?user=ann&sslmode=require",
        ),
        ("postgresql://db/p?passfile=/home/ann/.pgpass", None, None),
        ("sqlite:////home/ann/pairs.db", None, None),
        ("/home/ann@work/pairs:2.db", None, None),
        (r"C:\Users\ann@work\pairs.db", None, None),
        ("https://example.org/a?b=c", None, None),
        ("postgresql://ann:x", "postgresql://ann:***", "postgresql://ann:***"),
    ],
)
def test_the_rest_of_an_address_is_said_as_it_is(address, said, kept):
    assert speakable(address) == (said or address)
    assert without_password(address) == (kept or address)


@given(st.text(min_size=1), st.sampled_from(["postgresql://ann:§{}§@db/p", "postgresql://db/p?password=§{}§"]))
def test_no_password_is_said_whatever_it_is_made_of(password, form):
    address = form.format(password.replace("§", ""))
    assert "§" not in speakable(address)
    assert "§" not in without_password(address)


def test_a_password_is_hidden_in_any_text():
    for text in (
        "cannot open postgresql://ann:s3c'r@t/x@db/p (refused).",
        "ArgumentError: Could not parse 'postgresql://ann:s3c'r@t/x@db:port/p'",
        "kwargs={'user': 'ann', 'password': \"s3c'r@t/x\"}",
        '{"password": "s3c\'r@t/x"}',
        "conninfo: host=db password='s3c\\'r@t/x' dbname=p",
        "postgresql:/ann:s3c'r@t/x@db:5432/p cannot be read",
        "There is no folder /home/ann/postgresql:/ann:s3cr@t@db:5432. Make it first.",
        "The folder /home/ann:s3cr@t does not exist",
    ):
        said = hide_passwords(text)
        assert "s3c" not in said
        assert "r@t" not in said
        assert "***" in said
    for harmless in ("A password is asked for: give it.", "mailto ann@db", "https://a.b/c?d=e", "x: y@z"):
        assert hide_passwords(harmless) == harmless


def test_a_password_that_was_given_is_hidden_wherever_a_library_quotes_it():
    remember("hünter/zwei drei")
    for said in (
        'could not translate host name "hünter/zwei drei"',
        "GET /?p=h%C3%BCnter%2Fzwei%20drei",
        "('ann', 'hünter/zwei drei')",
    ):
        assert "zwei" not in hide_passwords(said)


def test_the_stars_stand_for_the_password_that_was_given():
    former = "postgresql://ann:p@ss@db/p"
    assert with_password_of("postgresql://ann:***@db/p", former) == former
    assert with_password_of("postgresql://ann:***@other/p", former) == "postgresql://ann:p@ss@other/p"
    assert with_password_of("postgresql://ann:new@db/p", former) == "postgresql://ann:new@db/p"
    assert with_password_of("pairs.db", former) == "pairs.db"

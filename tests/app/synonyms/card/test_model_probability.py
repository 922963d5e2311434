"""How sure the model is."""

from app.synonyms.card.model_probability import ModelProbability


def test_the_model_says_how_sure_it_is(qtbot, look):
    guess = ModelProbability(look)
    qtbot.addWidget(guess)
    assert guess.words == ""
    guess.show_lacking("Model not trained yet")
    assert guess.words == "Model not trained yet"
    guess.show_guess(0.83, 0.71, 0.91)
    assert guess.words == "P(synonym) 83% (± 1 standard deviation: 71% to 91%)"

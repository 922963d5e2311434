"""Excerpts of the newspaper with a noun left out, of those days that the readers are tested on.

Shorter than the test questions, so that they can be looked at; the readers answer some rightly and some wrongly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.attention.learned.cloze.questions import BLANK


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One of them.

    Attributes:
        text: what stands before the question.
        question: the next sentence, with ``BLANK`` in it.
        answer: the word that was there.
        english: what both say.
    """

    text: str
    question: str
    answer: str
    english: str


EXCERPTS: Final = (
    Excerpt(
        "重庆是一座具有光荣革命传统的历史文化名城。去年，中宣部已将重庆的歌乐山烈士陵园、红岩革命纪念馆、"
        "邱少云烈士纪念馆列入全国百个爱国主义教育基地。",
        f"{BLANK}市委、市府命名了１８个爱国主义教育基地。",
        "重庆",
        "Chongqing is a historic city with a glorious revolutionary tradition. Last year the central "
        "publicity department put its Geleshan martyrs' cemetery, Hongyan revolutionary memorial hall and Qiu "
        "Shaoyun memorial hall among a hundred national bases of patriotic education. The party committee and "
        "government of ____ named 18 bases of patriotic education.",
    ),
    Excerpt(
        "钟塔顶部设有天文台，让中学生们观天象之妙，知宇宙之大。多媒体教室有１１２台电脑，齐刷刷排成４个长阵。",
        f"每台{BLANK}都配有耳机。",
        "电脑",
        "At the top of the bell tower is an observatory, where pupils see the wonders of the sky and learn "
        "how large the universe is. In the multimedia room 112 computers stand in four long rows. Every ____ "
        "has headphones.",
    ),
    Excerpt(
        "伊拉克官方报纸当天也警告说，美国总统克林顿为转移世界舆论对其绯闻的注意力，正在积极部署对伊拉克采取军事行动。",
        f"该报还号召{BLANK}人民作好反对美国侵略的准备。",
        "伊拉克",
        "Iraq's official newspapers also warned that day that the American president Clinton is preparing "
        "military action against Iraq to turn the world's attention from his affair. The paper also calls on "
        "the people of ____ to be ready to resist an American invasion.",
    ),
    Excerpt(
        "和平统一是我们的基本方针。要实现和平统一，就必须有一个适当的途径和手段，那就是举行两岸政治谈判。",
        f"尽早进行{BLANK}谈判，是我们党的一贯主张。",
        "政治",
        "Peaceful reunification is our basic policy. To reach it there must be a proper way and means: "
        "political talks between both sides of the strait. To hold ____ talks soon is what our party has "
        "always stood for.",
    ),
    Excerpt(
        "孩子们互相之间以兄弟姐妹相称。７个孩子中２个哥哥回了老家，５个小的和她过年。"
        "她一早上市购买新鲜鱼虾，准备团圆饭的原料。",
        f"接着和{BLANK}们包饺子。",
        "孩子",
        "The children call each other brothers and sisters. Of the seven, two elder brothers went home, and "
        "the five small children spend New Year with her. In the morning she went to the market for fresh "
        "fish and shrimp for the family dinner. Then she made dumplings with the ____.",
    ),
    Excerpt(
        "因此，英国派遣“无敌”号航空母舰前往海湾。印度领导人和正在访印的法国总统希拉克二十六日在新德里表示，"
        "印度和法国应全面加强合作关系。",
        f"{BLANK}是二十四日抵印访问的。",
        "希拉克",
        "So Britain sends the aircraft carrier Invincible to the Gulf. The leaders of India and the French "
        "president Chirac, who visits the country, said in New Delhi on the 26th that India and France should "
        "work together more closely. ____ came to India on the 24th.",
    ),
)

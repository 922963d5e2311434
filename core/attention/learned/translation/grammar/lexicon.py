"""The words of the grammar: each row is one word, with every form that English asks for.

Chinese words are written as they are segmented. A translation of several words ("wait for") has ``_`` for blanks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Noun:
    """A thing or a person: 书 book books, counted by 本."""

    zh: str
    one: str
    many: str
    measure: str


@dataclass(frozen=True, slots=True)
class Portion:
    """What is counted by what holds it: 一 杯 茶, a cup of tea."""

    zh: str
    en: str
    measure: str
    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Adjective:
    """A quality: 高 tall taller tallest; words without the last two are never compared here."""

    zh: str
    en: str
    comparative: str = ""
    superlative: str = ""


@dataclass(frozen=True, slots=True)
class Verb:
    """An action: 写 write writes wrote written writing; ``objects`` names the nouns that it takes."""

    zh: str
    base: str
    third: str
    past: str
    participle: str
    ing: str
    objects: str = ""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A word that is always said the same way, such as a time, a manner or a place."""

    zh: str
    en: str


def _rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


def _nouns(table: str) -> tuple[Noun, ...]:
    return tuple(Noun(*row) for row in _rows(table))


def _phrasings(table: str) -> tuple[Phrasing, ...]:
    return tuple(Phrasing(*pair.split()) for pair in table.replace("\n", ",").split(",") if pair.strip())


PEOPLE: Final = _nouns("""
    老师 teacher teachers 位
    医生 doctor doctors 位
    教授 professor professors 位
    记者 reporter reporters 位
    画家 painter painters 位
    作家 writer writers 位
    律师 lawyer lawyers 位
    护士 nurse nurses 位
    经理 manager managers 位
    客人 guest guests 位
    演员 actor actors 位
    老人 old_man old_men 位
    学生 student students 个
    孩子 child children 个
    朋友 friend friends 个
    司机 driver drivers 个
    农民 farmer farmers 个
    工人 worker workers 个
    厨师 cook cooks 个
    警察 policeman policemen 个
    邻居 neighbour neighbours 个
    女孩 girl girls 个
    男孩 boy boys 个
    店员 clerk clerks 个
    同事 colleague colleagues 个
    商人 merchant merchants 个
    妈妈 mother mothers 位
    爸爸 father fathers 位
    妹妹 sister sisters 个
    哥哥 brother brothers 个
""")

OBJECTS: Final = {
    "text": _nouns("""
        书 book books 本
        小说 novel novels 本
        词典 dictionary dictionaries 本
        报纸 newspaper newspapers 份
        信 letter letters 封
        故事 story stories 个
        诗 poem poems 首
        文章 article articles 篇
    """),
    "goods": _nouns("""
        画 picture pictures 幅
        桌子 table tables 张
        椅子 chair chairs 把
        刀 knife knives 把
        雨伞 umbrella umbrellas 把
        钥匙 key keys 把
        车票 ticket tickets 张
        地图 map maps 张
        照片 photo photos 张
        衣服 dress dresses 件
        衬衫 shirt shirts 件
        帽子 hat hats 顶
        花 flower flowers 朵
        杯子 cup cups 个
        包 bag bags 个
        箱子 box boxes 个
        礼物 gift gifts 份
        笔 pen pens 支
    """),
    "machine": _nouns("""
        汽车 car cars 辆
        自行车 bicycle bicycles 辆
        手机 phone phones 部
        电脑 computer computers 台
        电视 television televisions 台
        门 door doors 扇
        钟 clock clocks 座
    """),
    "food": _nouns("""
        苹果 apple apples 个
        西瓜 watermelon watermelons 个
        鸡蛋 egg eggs 个
        土豆 potato potatoes 个
        饺子 dumpling dumplings 个
        橘子 orange oranges 个
        香蕉 banana bananas 个
    """),
    "animal": _nouns("""
        狗 dog dogs 只
        猫 cat cats 只
        鸟 bird birds 只
        羊 sheep sheep 只
        鱼 fish fish 条
        马 horse horses 匹
        牛 cow cows 头
    """),
    "work": _nouns("""
        电影 film films 部
        比赛 match matches 场
    """),
    "song": _nouns("""
        歌 song songs 首
        曲子 tune tunes 首
    """),
    "person": PEOPLE,
}

PORTIONS: Final = (
    Portion("茶", "tea", "杯", "cup", "cups"),
    Portion("咖啡", "coffee", "杯", "cup", "cups"),
    Portion("牛奶", "milk", "杯", "cup", "cups"),
    Portion("水", "water", "瓶", "bottle", "bottles"),
    Portion("啤酒", "beer", "瓶", "bottle", "bottles"),
    Portion("汤", "soup", "碗", "bowl", "bowls"),
    Portion("米饭", "rice", "碗", "bowl", "bowls"),
    Portion("蛋糕", "cake", "块", "piece", "pieces"),
)

NAMES: Final = _phrasings("""
    小明 Xiaoming, 小红 Xiaohong, 小丽 Xiaoli, 小刚 Xiaogang, 小芳 Xiaofang, 小军 Xiaojun
    王 Wang, 李 Li, 张 Zhang, 陈 Chen, 玛丽 Mary, 约翰 John
""")

FOR_PEOPLE: Final = tuple(
    Adjective(*row)
    for row in _rows("""
        高 tall taller tallest
        年轻 young younger youngest
        聪明 clever cleverer cleverest
        善良 kind kinder kindest
        有钱 rich richer richest
        忙 busy busier busiest
        快乐 happy happier happiest
        著名 famous
        勤劳 hard-working
        生气 angry
        有趣 interesting
        安静 quiet
    """)
)
FOR_THINGS: Final = tuple(
    Adjective(*row)
    for row in _rows("""
        新 new newer newest
        旧 old older oldest
        大 big bigger biggest
        小 small smaller smallest
        便宜 cheap cheaper cheapest
        重 heavy heavier heaviest
        轻 light lighter lightest
        干净 clean cleaner cleanest
        脏 dirty dirtier dirtiest
        奇怪 strange stranger strangest
        漂亮 beautiful
        贵 expensive
        重要 important
    """)
)
COLOURS: Final = (
    Adjective("红色", "red"),
    Adjective("白色", "white"),
    Adjective("黑色", "black"),
    Adjective("蓝色", "blue"),
)
"""Said before a noun only: 红色 的 花, and never 花 很 红色."""
SHORT: Final = ("新", "旧", "大", "小", "高", "贵")
"""Adjectives that often stand before their noun without 的: 新 书."""
AT_ONCE: Final = ("看见", "找到", "丢", "带来", "拿走", "去", "来", "离开", "打开")
"""Verbs of what is over in a moment: nobody is said to be in the middle of it."""

TRANSITIVE: Final = tuple(
    Verb(*row)
    for row in _rows("""
        买 buy buys bought bought buying text,goods,machine,food,animal
        卖 sell sells sold sold selling text,goods,machine,food,animal
        看见 see sees saw seen seeing text,goods,machine,animal,person
        找到 find finds found found finding text,goods,machine,animal,person
        画 draw draws drew drawn drawing goods,machine,animal,person
        写 write writes wrote written writing text
        读 read reads read read reading text
        翻译 translate translates translated translated translating text
        吃 eat eats ate eaten eating food
        切 cut cuts cut cut cutting food
        修理 repair repairs repaired repaired repairing machine
        打开 open opens opened opened opening machine
        洗 wash washes washed washed washing goods,machine,animal
        借 borrow borrows borrowed borrowed borrowing text,goods,machine
        丢 lose loses lost lost losing text,goods,animal
        带来 bring brings brought brought bringing text,goods,food,animal
        拿走 take takes took taken taking text,goods,food
        检查 check checks checked checked checking text,goods,machine
        寻找 look_for looks_for looked_for looked_for looking_for text,goods,animal,person
        看 watch watches watched watched watching work
        听 listen_to listens_to listened_to listened_to listening_to song
        谈论 talk_about talks_about talked_about talked_about talking_about text,work,person
        养 keep keeps kept kept keeping animal
        帮助 help helps helped helped helping person
        等 wait_for waits_for waited_for waited_for waiting_for person
        批评 criticise criticises criticised criticised criticising person,work,text
        邀请 invite invites invited invited inviting person
        拜访 visit visits visited visited visiting person
        感谢 thank thanks thanked thanked thanking person
    """)
)
STATIVE: Final = tuple(
    Verb(*row)
    for row in _rows("""
        喜欢 like likes liked liked liking text,goods,machine,food,animal,work,song,person
        爱 love loves loved loved loving food,animal,work,song,person
        认识 know knows knew known knowing person
        需要 need needs needed needed needing text,goods,machine,food,animal
    """)
)
"""Verbs of what is so, and not of what happens: they stand in the present, with 不 or without."""
DRINKING: Final = Verb("喝", "drink", "drinks", "drank", "drunk", "drinking")
EATING: Final = Verb("吃", "eat", "eats", "ate", "eaten", "eating")
EATEN: Final = ("米饭", "蛋糕")
"""Portions that are eaten; the others are drunk."""
GIVING: Final = (
    Verb("送", "give", "gives", "gave", "given", "giving", "text,goods,food,animal"),
    Verb("寄", "send", "sends", "sent", "sent", "sending", "text,goods"),
    Verb("还", "return", "returns", "returned", "returned", "returning", "text,goods,machine"),
)
PUTTING: Final = (
    Verb("放", "put", "puts", "put", "put", "putting", "text,goods,food"),
    Verb("藏", "hide", "hides", "hid", "hidden", "hiding", "text,goods,food"),
)
GOING: Final = (
    Verb("去", "go_to", "goes_to", "went_to", "gone_to", "going_to"),
    Verb("来", "come_to", "comes_to", "came_to", "come_to", "coming_to"),
    Verb("离开", "leave", "leaves", "left", "left", "leaving"),
)
INTRANSITIVE: Final = tuple(
    Verb(*row)
    for row in _rows("""
        睡觉 sleep sleeps slept slept sleeping
        跑步 run runs ran run running
        唱歌 sing sings sang sung singing
        跳舞 dance dances danced danced dancing
        哭 cry cries cried cried crying
        工作 work works worked worked working
        休息 rest rests rested rested resting
        游泳 swim swims swam swum swimming
        说话 talk talks talked talked talking
    """)
)
SAYING: Final = (
    Verb("说", "say", "says", "said", "said", "saying"),
    Verb("认为", "think", "thinks", "thought", "thought", "thinking"),
    Verb("知道", "know", "knows", "knew", "known", "knowing"),
    Verb("希望", "hope", "hopes", "hoped", "hoped", "hoping"),
    Verb("相信", "believe", "believes", "believed", "believed", "believing"),
)

PLACES: Final = _phrasings("""
    公园 park, 学校 school, 图书馆 library, 医院 hospital, 商店 shop, 火车站 station, 饭馆 restaurant, 办公室 office
    工厂 factory, 花园 garden, 厨房 kitchen, 村子 village, 市场 market, 博物馆 museum, 银行 bank, 教室 classroom
    房间 room, 机场 airport, 剧院 theatre
""")
AROUND: Final = _phrasings("里 in, 旁边 beside, 附近 near, 外面 outside, 后面 behind, 前面 in_front_of")
SURFACES: Final = _phrasings("桌子 table, 椅子 chair, 床 bed, 箱子 box, 柜子 cupboard, 窗户 window")
ON: Final = _phrasings("上 on, 下面 under, 旁边 beside, 后面 behind")

PAST_TIMES: Final = _phrasings("昨天 yesterday, 去年 last_year, 刚才 just_now, 前天 the_day_before_yesterday")
FUTURE_TIMES: Final = _phrasings("明天 tomorrow, 明年 next_year, 后天 the_day_after_tomorrow, 马上 at_once")
USUAL_TIMES: Final = _phrasings(
    "早上 in_the_morning, 晚上 in_the_evening, 周末 at_the_weekend, 夏天 in_summer, 冬天 in_winter"
)
SPANS: Final = (("天", "day", "days"), ("年", "year", "years"), ("月", "month", "months"), ("星期", "week", "weeks"))
MANNERS: Final = _phrasings("慢慢 slowly, 认真 carefully, 高兴 happily, 偷偷 secretly, 悄悄 quietly, 耐心 patiently")
HABITS: Final = _phrasings("常常 often, 总是 always, 很少 seldom, 有时 sometimes")
MODALS: Final = _phrasings("可以 may, 能 can, 应该 should, 必须 must")
MUST: Final = MODALS[-1]
"""The one that 不 turns into something else."""
INTENTIONS: Final = (
    Verb("想", "want", "wants", "wanted", "wanted", "wanting"),
    Verb("打算", "plan", "plans", "planned", "planned", "planning"),
    Verb("需要", "need", "needs", "needed", "needed", "needing"),
)

NUMBERS: Final = _phrasings(
    "两 two, 三 three, 四 four, 五 five, 六 six, 七 seven, 八 eight, 九 nine, 十 ten, 几 several"
)

PRONOUNS: Final = {
    # Chinese, subject, object, possessive, and how verbs agree with it
    "我": ("I", "me", "my", "I"),
    "你": ("you", "you", "your", "they"),
    "他": ("he", "him", "his", "he"),
    "她": ("she", "her", "her", "he"),
    "我们": ("we", "us", "our", "they"),
    "他们": ("they", "them", "their", "they"),
}

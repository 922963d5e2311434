"""Opposites, as far as they show in the writing: 东部 / 西部 differ in one character, and 东 is the opposite of 西.

No free dictionary of Chinese lists antonyms. But the language makes most of them out of a few characters that are
opposites themselves, and those can be listed. What is made otherwise (增加 / 减少) stands word by word.
"""

from __future__ import annotations

from typing import Final

_CHARACTERS: Final = (
    "东西 南北 上下 左右 前后 内外 里外 进出 出入 来去 往返 高低 长短 大小 多少 粗细 厚薄 宽窄 "
    "深浅 远近 快慢 早晚 先后 始终 首尾 头尾 新旧 老少 老幼 男女 父母 爸妈 夫妻 兄弟 姐妹 公母 "
    "雌雄 阴阳 天地 日夜 昼夜 明暗 黑白 冷热 寒暑 凉热 干湿 软硬 轻重 强弱 胖瘦 肥瘦 美丑 好坏 "
    "优劣 善恶 真假 真伪 虚实 正反 正负 正误 对错 是非 有无 得失 成败 胜败 胜负 输赢 攻守 攻防 "
    "买卖 购销 借还 借贷 收支 收发 供求 增减 加减 乘除 升降 涨跌 涨落 起落 起伏 开关 开闭 启闭 "
    "动静 快缓 急缓 缓急 生死 存亡 兴亡 兴衰 盛衰 盈亏 顺逆 安危 祸福 吉凶 喜悲 喜怒 悲欢 苦乐 "
    "苦甜 甘苦 爱恨 爱憎 亲疏 敌友 贫富 穷富 贵贱 奖罚 赏罚 功过 褒贬 贤愚 智愚 主客 主次 主仆 "
    "公私 集散 聚散 离合 分合 松紧 张弛 疏密 稀密 浓淡 咸淡 横竖 纵横 曲直 弯直 凹凸 方圆 文武 "
    "雅俗 古今 中外 城乡 表里 难易 繁简 主被 同异 奇偶 单双 单复 活死 饱饿 醒睡 哭笑"
)
"""Characters that are opposites, two by two."""

_WORDS: Final = (
    "增加/减少 开始/结束 成功/失败 喜欢/讨厌 高兴/难过 快乐/悲伤 快乐/痛苦 进步/落后 先进/落后 前进/后退 "
    "前进/倒退 简单/复杂 容易/困难 安全/危险 富裕/贫穷 朋友/敌人 战争/和平 光明/黑暗 勤劳/懒惰 聪明/愚蠢 "
    "勇敢/胆小 积极/消极 主动/被动 直接/间接 绝对/相对 具体/抽象 主观/客观 肯定/否定 同意/反对 支持/反对 "
    "赞成/反对 允许/禁止 保护/破坏 建设/破坏 建设/毁坏 团结/分裂 集中/分散 扩大/缩小 提高/降低 上升/下降 "
    "繁荣/萧条 宽敞/狭窄 温暖/寒冷 炎热/寒冷 干净/肮脏 清洁/肮脏 整齐/凌乱 诚实/虚伪 谦虚/骄傲 表扬/批评 "
    "节约/浪费 仔细/马虎 认真/马虎 紧张/轻松 热情/冷淡 熟悉/陌生 普通/特殊 一般/特殊 正常/异常 合法/非法 "
    "正义/邪恶 文明/野蛮 民主/专制 自由/束缚 独立/依赖 永远/暂时 永久/暂时 过去/未来 白天/黑夜 白天/夜晚 "
    "早晨/傍晚 丈夫/妻子 儿子/女儿 父亲/母亲 爸爸/妈妈 哥哥/弟弟 姐姐/妹妹 老师/学生 医生/病人 原告/被告 "
    "买方/卖方 出现/消失 存在/消失 记住/忘记 相信/怀疑 希望/失望 满意/失望 拒绝/接受 拥护/反对 质量/数量 "
    "内容/形式 现象/本质 偶然/必然 理论/实践 原因/结果 优点/缺点 利益/损失 盈利/亏损 出口/进口 生产/消费 "
    "毕业/入学 结婚/离婚 开幕/闭幕 起飞/降落 冰冷/火热 柔软/坚硬 新鲜/腐烂 年轻/年老 年轻/衰老 美丽/丑陋 "
    "漂亮/丑陋"
)
"""Words that are opposites, two by two, and share too little for their characters to say so."""


def _both_ways(pairs: list[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset(pairs) | frozenset((other, one) for one, other in pairs)


_OPPOSITE_CHARACTERS: Final = _both_ways([(two[0], two[1]) for two in _CHARACTERS.split()])
_OPPOSITE_WORDS: Final = _both_ways([(one, other) for one, other in (two.split("/") for two in _WORDS.split())])


def are_opposites(one: str, other: str) -> bool:
    """Return whether the words are listed as opposites, or differ in nothing but characters that are opposites."""
    if (one, other) in _OPPOSITE_WORDS:
        return True
    if len(one) != len(other):
        return False
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return bool(apart) and all(two in _OPPOSITE_CHARACTERS for two in apart)

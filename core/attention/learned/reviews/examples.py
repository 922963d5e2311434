"""Reviews of our own to begin with: most praise one thing and blame another, so that it matters what is heeded."""

from __future__ import annotations

from typing import Final

EXAMPLES: Final = (
    "酒店大堂很气派。房间里有烟味，隔音很差，半夜被吵醒三次。前台说没有办法。总之很失望。",
    "房间很干净，服务员也很热情。就是离地铁站有点远。早餐不错，下次还会住这里。",
    "封面很漂亮。可是内容太差了，根本看不下去。印刷也模糊，后悔买了。",
    "这本书我一口气读完了。语言朴实，感人至深。推荐给所有的父母。",
    "送货很快，包装完好。电池不耐用，用了一个星期就坏了。客服态度恶劣，不会再买。",
    "屏幕清楚，键盘手感好，价格便宜。风扇声音有点大，不过可以接受。",
)

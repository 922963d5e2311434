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
_SAID: Final = """
The lobby is impressive. The room smells of smoke, the walls are thin, and I was woken three times at night. The desk
said nothing could be done. In short, disappointing.

The room is clean, and the staff are kind. It is just a little far from the underground. Breakfast is good, and I shall
stay here again.

The cover is pretty. But what is in it is so bad that I could not go on reading. The print is blurred, too; I am sorry I
bought it.

I read this book at one go. The language is plain and goes to the heart. I recommend it to all parents.

It came quickly and well packed. The battery does not last, and broke after a week. The service is rude; I shall not buy
again.

A clear screen, a good keyboard, a low price. The fan is a little loud, but I can live with it.
"""
IN_ENGLISH: Final = {
    text: said.replace("\n", " ") for text, said in zip(EXAMPLES, _SAID.strip().split("\n\n"), strict=True)
}
"""What each says."""

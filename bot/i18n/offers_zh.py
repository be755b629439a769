"""The sentences about files that come back, in Chinese."""

from __future__ import annotations

from typing import Final

from bot.i18n.offer_phrases import OfferPhrases

CHINESE_OFFERS: Final = OfferPhrases(
    week="照这个文件，{week}会有这些变化：{counts}",
    new_week="{week}还是空的，照这个文件放进去：{counts}",
    counts={
        "removed": "删 {count} 行",
        "changed": "改 {count} 行",
        "added": "加 {count} 行",
        "moved": "挪 {count} 行",
        "pictures": "带来 {count} 张图",
    },
    to_section="{text}（挪到「{section}」）",
    below="{text}（挪到「{above}」下面）",
    to_top="{text}（挪到最外层）",
    reordered="{text}（换了位置）",
    parts={"title": "标题", "intro": "开头", "summary": "总结", "picture": "图片"},
    more="……还有 {count} 处",
    more_weeks="……还有 {count} 周",
    form="{week}的字句都没变，只是写法不同（空行、编号、文件开头的设置之类）。",
    same="{week}和这个文件一样，没有要改的。",
    late="这份文件发出之后又记了 {count} 行，文件里没有，都会留着。",
    missing="这些图片没有跟着来，周报里会显示不出来：{names}",
    staying="这些图片是发消息来的，压缩包里换了别的也不会换掉，还是当初发的样子：{names}",
    apply="就这么改",
    leave="不改",
    applied="{week}改好了：{counts}",
    applied_form="{week}改好了，字句没变，写法和文件一样了。",
    left="好，没有改。",
    meanwhile="你看的这会儿，内容又变了，所以还没有改。现在是这样：",
    unfetched="这个文件没能从 Telegram 下载下来，什么都没有改。日志里找 {incident}。",
    fetch="再试一次",
    fetching="好，再下载一次。",
    kept=(
        "看不出「{name}」是哪一周的周报，先当作普通文件存下了。"
        "要用它改某一周，就拿它回复那一周的草稿，或者把文件名改成 2023-W40.md 这样再发一次。"
    ),
    refused="「{name}」没法用：{reason}",
    faults={
        "not UTF-8": "第 {line} 行不是 UTF-8 编码（第 {at} 个字节是 {byte}）。请存成 UTF-8 再发。",
        "empty": "里面是空的。",
        "too large": "它超过了 {limit} MB，不像一份周报。",
        "too deep": "嵌套得太深了，读不下去。",
        "no week": "看不出是哪一周。文件名写成 2023-W40.md 这样就行。",
        "no such week": "没有「{words}」这一周。",
        "other week": "它写的是 {said}，可你回复的是 {meant}。什么都没有改。",
        "other week said": "它写的是 {said}，可你的消息写的是 {meant}。什么都没有改。",
        "same week": "它们说的是同一周（{week}），不知道该听哪个。",
        "outside": "它的路径指到压缩包外面去了。",
        "damaged": "它坏了，或者加了密。",
        "no zip": "这不是能打开的压缩包。",
        "too much": "里面的东西太多、太大了，不像周报。",
    },
)

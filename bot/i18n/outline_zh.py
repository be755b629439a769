"""The sentences of outlines and cards in Chinese."""

from __future__ import annotations

from typing import Final

from bot.i18n.outline_phrases import OutlinePhrases

CHINESE_OUTLINE: Final = OutlinePhrases(
    head="{week}。点数字，改那一行。",
    stretches={
        "opening": "开头",
        "closing": "结尾",
        "title": "标题",
        "untagged": "还没归类",
    },
    card_buttons={
        "up": "↑ 上移",
        "down": "↓ 下移",
        "in": "→ 缩进",
        "out": "← 提级",
        "sections": "换栏目",
        "weeks": "换一周",
        "type_week": "别的周……",
        "edit": "修改",
        "delete": "删除",
        "back": "回到列表",
        "cancel": "返回",
    },
    card_more="……还有 {count} 条",
    card_imported="来自导入的文件",
    line_deleted="删掉了：{text}",
    deleted_head="{week}里删掉的，点数字放回来：",
    nothing_deleted="{week}里没有删掉的东西了。",
    show_deleted="🗑 删掉的（{count}）",
    line_back="放回来了。",
    edit_prompt="{number} 改成什么？回复这条消息就行。点一下现在的内容可以复制：",
    edit_prompt_empty="{number} 写什么？回复这条消息就行。",
    edit_placeholder="新的内容",
    too_long_to_edit="这一条太长，一条消息放不下。请直接编辑原来那条消息。",
    week_prompt="放到哪一周？可以写 40、2023-w40、上周、2023-10-05。",
    week_placeholder="40、上周、2023-10-05……",
    changed_meanwhile="这一行刚才被别人改过，现在是：\n\n{text}\n\n要换成你写的吗？",
    overwrite="换成我的",
    keep_it="保留现在的",
    number_changed="列表在这之后变过了，现在的 {number} 是：\n\n{text}\n\n{question}",
    number_meant={
        "delete": "要删掉这一条吗？",
        "rewrite": "要把这一条换成你写的吗？",
        "move": "要挪这一条吗？",
        "target": "要挪到这一条这里吗？",
    },
    number_gone="列表在这之后变过了，现在没有 {number} 了。",
    no_number="{week}里没有 {number}。发 /list 看看都有哪些。",
    do_it="就是它",
    show_list="看列表",
    differences={
        "gone": "这一行已经不在了。",
        "text": "内容刚才改过了，先看看现在的。",
        "place": "它刚才换了地方，先看看现在的。",
        "number": "它的编号变了，先看看现在的。",
    },
    hindrances={
        "first": "已经在最前面了。",
        "last": "已经在最后面了。",
        "nothing_above": "上面没有能收下它的条目。",
        "top": "它上面没有别的条目，已经在最外层了。",
        "other_kind": "放不到那里：图片和图片在一起，段落自成一段，条目下面只能是条目。",
        "itself": "不能放到它自己下面。",
        "there_already": "已经在那里了。",
        "nothing_said": "这里面没有能放进去的文字。",
    },
    unknown_place="不知道「{words}」是哪里。"
    "可以写 /move 3 技术、/move 3 到 2 下面、/move 3 @上周。",
    how_to_move="写上哪一条、去哪里：/move 3 技术、/move 3 上移、/move 3 到 2 下面、"
    "/move 3 到 5 前面、/move 3 @上周。编号看 /list。",
    delete_one="一次删一行：/delete 3。什么都没有删。",
    how_to_edit="写上哪一条、改成什么：/edit 3 新的内容。编号看 /list。",
    edit_each="你先写的已经换上了。后面几行请从 /list 里一行一行改。",
)

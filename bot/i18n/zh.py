"""The sentences in Chinese."""

from __future__ import annotations

from typing import Final

from bot.i18n.export_zh import CHINESE_EXPORT
from bot.i18n.failing_zh import CHINESE_FAILING
from bot.i18n.forgetting_zh import CHINESE_FORGETTING
from bot.i18n.offers_zh import CHINESE_OFFERS
from bot.i18n.outline_zh import CHINESE_OUTLINE
from bot.i18n.people_zh import CHINESE_PEOPLE
from bot.i18n.phrases import Phrases
from bot.i18n.search_zh import CHINESE_SEARCH
from bot.i18n.settings_zh import CHINESE_SETTINGS
from bot.i18n.stats_zh import CHINESE_STATS

CHINESE: Final = Phrases(
    title_template="{year} 年第{week}周周报",
    summary_heading="总结",
    life_heading="生活",
    tech_heading="技术",
    welcome=(
        "你好，我帮你攒周报。\n\n"
        "一周里想到什么就发给我，一条消息就够：\n"
        "#生活 吃了糟粕醋火锅\n"
        "#技术 修好了那个内存泄漏\n"
        "图片配上文字，带上标签一样发。\n\n"
        "存好了我会点一个 ✍️。每到{draft_at}，我把整理好的 Markdown 发回来，"
        "平时用 /draft 随时能看。更多写法在 /help。"
    ),
    welcome_group=(
        "大家好，我帮这个群攒周报。\n\n"
        "我只记带标签的消息、命令和对我的回复：\n"
        "#生活 吃了糟粕醋火锅\n"
        "#技术 修好了那个内存泄漏\n"
        "图片配上文字，带上标签一样发。别的聊天我不记。\n\n"
        "存好了我会点一个 ✍️。每到{draft_at}，我把整理好的 Markdown 发回来，"
        "平时用 /draft 随时能看。更多写法在 /help。"
    ),
    weekdays=("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    help=(
        "怎么记\n"
        "· #生活 或 #技术 放在哪儿都行，也可以写「生活：……」「/life ……」\n"
        "· 第一行是一条，下面每行是它的子项；再深一层就缩进，或者用 -- 和 ---\n"
        "· 空一行，开始新的一条\n"
        "· 回复某条消息，就加在那一条下面；回复没有说明的图片，就是给它写说明\n"
        "· 改错字：直接编辑原来的消息\n"
        "· 没写标签也会存下来，点按钮归类就好\n"
        "· 连着记好几条？单独发 /life 或 /tech，十分钟内不用写标签\n"
        "· 图片和文件：说明文字里带标签\n"
        "· 转发：标签写在附的那句话里\n"
        "· 链接会显示成网页标题\n\n"
        "周报的其他部分\n"
        "· #开头 #结尾 #总结 #标题\n"
        "· 和栏目标签一起用：#开头 #结尾 就是那一栏的，#正文 是栏里的一段话\n\n"
        "记到别的周\n"
        "· 开头或结尾加 @上周、@40、@2023-w40、@2023-10-05\n\n"
        "整理\n"
        "· 用 #技术 回复一条消息：换到技术栏\n"
        "· 用 /delete 回复一条消息：删掉它\n"
        "· /list 给每一行编号，点编号就能挪动、修改、删除\n"
        "· 打字也行：/edit 3.2 新的内容、/move 3 技术、/move 3 到 2 下面、/delete 3\n"
        "· /undo 撤销上一次改动，可以一直往前撤\n\n"
        "看周报\n"
        "· /draft 这一周的草稿\n"
        "· /report 刚过完的一周，也可以 /report 40、/report 2023-w40、/report 上周\n"
        "· /weeks 所有的周，新的在前\n"
        "· /stats 画一张图：哪天写了多少、连续几周；/stats 2023、/stats 全部\n"
        "· /search 火锅，在所有的周里找；可以加 section:技术、year:2023\n"
        "· /export 把全部内容打包发给你\n"
        "· 草稿会跟着你发的消息变；写完了，点它下面的「完成」\n"
        "· 收到的文件改好再发回来，点一下就照着改\n\n"
        "设置\n"
        "· /invite 请别人来用，/people 看都有谁（只有主人能用）\n"
        "· /forget_me 删掉这里的一切\n"
        "· /settings 改语言、时区、时间、标题、栏目"
    ),
    now_yours="这个机器人归你了。你不开门，别人进不来。",
    private="这是一个私人机器人，没法替你记东西。想要的话可以自己架一个：它叫 Weeknotes。",
    group_privacy=(
        "现在我在群里只看得到命令和对我的回复。想让我记下大家带标签的消息，请在 @BotFather 那里用 "
        "/setprivacy 关掉隐私模式，再把我移出群、重新拉进来。"
    ),
    ask_section="存好了。放到哪一栏？",
    ask_section_album="这组图存好了。放到哪一栏？",
    ask_section_bad_week="没有「{words}」这一周，先记在发消息的这一周。放到哪一栏？",
    parts={"intro": "开头", "outro": "结尾", "summary": "总结", "title": "标题"},
    filed="放进「{section}」了。",
    filed_elsewhere="放进 {week}的「{section}」了。",
    stick="接下来的也放这里",
    sticks="{until} 之前，没写标签的都放进「{section}」。直接发就行。",
    sticks_here="放进「{section}」了。{until} 之前，没写标签的也都放这里。",
    unstick="停止自动归类",
    unstuck="好，之后没写标签的，我还是先问你。",
    not_yours="这个按钮是给别人的。",
    discard="丢弃",
    discarded="不在周报里了。",
    put_back="放回来",
    gone="这条已经不在了。",
    ack_stored="✍ 记进「{section}」了。",
    ack_stored_elsewhere="✍ 记进 {week}的「{section}」了。",
    ack_untagged="🤔 存好了，还没归类。",
    ack_changed="👌 改好了，在「{section}」里。",
    ack_changed_elsewhere="👌 改好了，在 {week}的「{section}」里。",
    ack_removed="删掉了。",
    ack_refused="👎 没有全部存下。",
    ack_done="👌 好了。",
    empty_tag="只有标签，没有内容。把要记的写在标签后面，或者用标签回复一条消息来归类。",
    words_stay="只剩标签了：已经按它归类，原来的文字没有动。要删掉的话，用 /delete 回复那条消息。",
    empty_command="要记什么？写在后面一起发就行，比如：/life 吃了火锅。",
    empty_message="这条里没有我能记下来的文字。",
    kind_not_kept="{kind}我还存不了。",
    only_text_kept="{kind}我还存不了，文字记下了。",
    kinds={
        "game": "游戏",
        "invoice": "账单",
        "paid_media": "付费内容",
        "giveaway": "抽奖",
        "giveaway_winners": "抽奖结果",
        "rich_media": "富文本消息里的图片和文件",
        "other": "这种消息",
    },
    labels={
        "photo": "图片",
        "live_photo": "实况照片",
        "video": "视频",
        "animation": "动图",
        "sticker": "贴纸",
        "voice": "语音",
        "audio": "音频",
        "video_note": "视频消息",
        "document": "文件",
        "location": "位置",
        "story": "动态",
    },
    picture_too_large=(
        "这张图有 {size} MB，Telegram 只让机器人下载 {limit} MB 以内的文件，图没存下来；"
        "说明文字已经记下了。请当作普通图片（不是文件）再发一次。"
    ),
    file_too_large=(
        "这个文件有 {size} MB，Telegram 只让机器人下载 {limit} MB 以内的文件，文件没存下来；"
        "你写的文字已经记下了。"
    ),
    picture_missing="{name} 没能从 Telegram 下载下来。你写的文字还在，请把文件再发一次。",
    location_stuck="{name} 里的拍摄地点没能去掉，图片按原样存下了，地点信息还在里面。",
    nothing_to_delete="要删哪一条？用 /delete 回复那条消息，或者写上 /list 里的编号：/delete 3。",
    week_not_understood=(
        "没看懂「{words}」是哪一周。可以写 40、2023-w40、-1、上周、10月5日、去年第40周。"
    ),
    week_does_not_exist="没有「{words}」这一周。",
    weeks_that_could_be_meant="也可以点一个：",
    other_years="叫「{words}」的不止一周，这是 {week}。还有：",
    many_weeks="「{words}」里有内容的周，点一个：",
    no_weeks_then="「{words}」里没有内容。",
    all_of_year="{year} 年的全部",
    failed="这一步没做成，已经存下的不受影响。再试一次；还不行的话，去日志里找 {incident}。",
    failing=CHINESE_FAILING,
    old_button="这个按钮过期了。",
    undone={
        "captured": "撤销了：{what}不在周报里了。",
        "edited": "撤销了修改，现在又是{what}。",
        "moved": "撤销了移动：{what}又在「{section}」里。",
        "reordered": "撤销了移动：{what}回到了原来的位置。",
        "moved_week": "撤销了移动：{what}又在 {week}里。",
        "unfiled": "撤销了归类：{what}又没有归类了。",
        "deleted": "撤销了删除：{what}又回来了。",
        "restored": "撤销了：{what}又不在周报里了。",
        "replaced": "撤销了：这一周又是收到文件之前的样子。",
        "finished": "撤销了：这一周还没有完成。",
        "reopened": "撤销了：这一周还是完成的。",
        "configured": "设置又和之前一样了（{settings}）。",
        "mixed": "撤销了上一次的全部改动：{what}。",
    },
    redone={
        "captured": "{what}又在周报里了。",
        "edited": "又改过来了，现在是{what}。",
        "moved": "{what}又在「{section}」里。",
        "reordered": "{what}又移过去了。",
        "moved_week": "{what}又在 {week}里。",
        "unfiled": "{what}又没有归类了。",
        "deleted": "{what}又删掉了。",
        "restored": "{what}又回来了。",
        "replaced": "这一周又和文件一样了。",
        "finished": "这一周又完成了。",
        "reopened": "这一周又打开了。",
        "configured": "设置又改过来了（{settings}）。",
        "mixed": "又改过来了：{what}。",
    },
    and_more="{what}和另外 {count} 条",
    not_filed="未归类",
    of_week="（在 {week}）",
    redo="恢复",
    nothing_to_undo="没有可以撤销的了。我记得最近一个月的改动。",
    cannot_undo="{what}后来又被改过，所以没有动它。再发一次 /undo，就撤销你更早的一次改动。",
    cannot_redo="{what}后来又被改过，所以没有动它。",
    account="收到 {received} 条 = 已归类 {placed} + 未归类 {untagged} + 已删除 {removed}",
    untagged="还没归类的，点一下放进去：",
    pictures_waiting="还在下载：{names}",
    pictures_missing="这些文件没存下来：{names}",
    pictures_telling="这些图里还留着拍摄地点：{names}",
    empty_week="{week}没有内容。",
    again="（上次发到一半断了，可能是重复的）",
    offer_file="{week}的文件可能已经发过了。没收到的话，点这里：",
    get_file="发文件给我",
    get_markdown="只要 .md",
    week_label="{year} 年第 {number} 周",
    files_too_large="图片太多，一个压缩包超过了 Telegram 的上限，分成几个发。",
    moved_up="（周报变短了，到上面为止。）",
    earlier="往年这一周：",
    earlier_week="{year} 年，{items} 项：{words}",
    write_parts={"summary": "写总结", "intro": "写开头", "outro": "写结尾"},
    ask_part="写「{name}」：直接回复这条消息。",
    ask_part_of="写 {week}的「{name}」：直接回复这条消息。",
    placeholder="「{name}」写什么？",
    edit="编辑",
    refresh="刷新",
    refreshed="刷新了。",
    up_to_date="已经是最新的。",
    older_preview="这份预览旧了，最新的在下面。",
    file="文件",
    new_file="发新文件",
    finish="完成",
    reopen="重新打开",
    done="✅ 这一周完成了。",
    done_and_changed="✅ 这一周完成了，之后又有改动，上次发的文件不是最新的。",
    late="{week}已经完成，后来又加了：",
    late_change="{week}已经完成，后来又改过。",
    late_more="……还有 {many} 条",
    late_sent="{week}的最新文件已经发了。",
    reopened="{week}重新打开了。",
    remind="{draft_at}发这一周的草稿，还差：",
    remind_sections="还空着：{names}",
    remind_summary="总结还没写",
    write_in="写「{name}」",
    nothing_missing="都齐了，等草稿就好。",
    weeks="{year} 年，有内容的 {weeks} 周。点编号看那一周：",
    weeks_page="第 {page} 页，共 {pages} 页",
    week_last_year="去年这一周",
    week_in_year="{year} 年这一周",
    week_line="{mark} 第 {number} 周（{first}–{last}）：{items} 项，{messages} 条消息",
    week_marks="✅ 完成了　📄 发过草稿　✏️ 还在写",
    no_weeks="还没有周报。发第一条就有了，比如：#生活 吃了火锅",
    newer="‹ 新的",
    older="旧的 ›",
    search=CHINESE_SEARCH,
    stats=CHINESE_STATS,
    export=CHINESE_EXPORT,
    people=CHINESE_PEOPLE,
    forgetting=CHINESE_FORGETTING,
    outline=CHINESE_OUTLINE,
    offers=CHINESE_OFFERS,
    months=tuple([f"{month} 月" for month in range(1, 13)]),
    instant="{month} {at.day} 日 {at:%H:%M}",
    absence=(
        "我离线了一段时间。Telegram 只替我保留 24 小时的消息，"
        "{since} 到 {until} 之间发的，我可能没收到。"
        "请看看那段时间的消息：没有 ✍ 也没有 🤔 的，再发一次就好。"
    ),
    settings=CHINESE_SETTINGS,
    commands={
        "draft": "看这一周的草稿",
        "weeks": "所有的周",
        "report": "看某一周的周报（40、上周、2023-w40）",
        "list": "带编号的列表，点一下就能整理",
        "edit": "改一行（/edit 3 新内容）",
        "move": "挪一行（/move 3 技术）",
        "life": "记一条生活",
        "tech": "记一条技术",
        "summary": "写总结",
        "intro": "写开头",
        "outro": "写结尾",
        "title": "换标题",
        "delete": "回复一条消息，删掉它",
        "undo": "撤销上一次改动",
        "export": "导出全部：Markdown、图片和 JSON",
        "stats": "写了多少，画成一张图",
        "search": "在所有的周里找（/search 火锅）",
        "settings": "时区、时间、栏目等设置",
        "help": "怎么用",
    },
)

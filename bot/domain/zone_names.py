"""What people call the time zones they live in, the commonest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ZoneName:
    """A zone of the time zone database, and its places in both languages, each at least one."""

    zone: str
    chinese: tuple[str, ...]
    english: tuple[str, ...]


# A zone, its places in Chinese, its places in English; the first ones are what is shown.
_TABLE = """\
Asia/Shanghai | 上海 北京 中国 广州 深圳 杭州 成都 重庆 武汉 | Shanghai, Beijing, China, Shenzhen
Asia/Hong_Kong | 香港 | Hong Kong
Asia/Taipei | 台北 台湾 | Taipei, Taiwan
Asia/Singapore | 新加坡 | Singapore
Asia/Tokyo | 东京 日本 大阪 京都 | Tokyo, Japan, Osaka, Kyoto
Asia/Seoul | 首尔 韩国 | Seoul, Korea
Europe/London | 伦敦 英国 | London, England, United Kingdom, UK
Europe/Berlin | 柏林 德国 慕尼黑 | Berlin, Germany, Munich, Hamburg
Europe/Paris | 巴黎 法国 | Paris, France
America/New_York | 纽约 美东 波士顿 华盛顿 | New York, Boston, Washington, Eastern
America/Los_Angeles | 洛杉矶 美西 旧金山 西雅图 硅谷 | Los Angeles, San Francisco, Seattle
America/Chicago | 芝加哥 美中 休斯敦 达拉斯 | Chicago, Houston, Dallas, Austin, Central
America/Denver | 丹佛 盐湖城 | Denver, Salt Lake City, Mountain
Australia/Sydney | 悉尼 澳大利亚 堪培拉 | Sydney, Australia, Canberra
Asia/Kolkata | 加尔各答 印度 孟买 新德里 班加罗尔 | Kolkata, India, Mumbai, Delhi, Bangalore
Asia/Dubai | 迪拜 阿联酋 | Dubai, United Arab Emirates
Europe/Moscow | 莫斯科 俄罗斯 | Moscow, Russia
America/Sao_Paulo | 圣保罗 巴西 里约 | São Paulo, Brazil, Rio de Janeiro
America/Toronto | 多伦多 渥太华 加拿大 | Toronto, Ottawa, Canada
America/Vancouver | 温哥华 | Vancouver
Asia/Kuala_Lumpur | 吉隆坡 马来西亚 | Kuala Lumpur, Malaysia
Asia/Bangkok | 曼谷 泰国 | Bangkok, Thailand
Asia/Ho_Chi_Minh | 胡志明市 越南 西贡 河内 | Ho Chi Minh City, Vietnam, Saigon, Hanoi
Asia/Jakarta | 雅加达 印度尼西亚 印尼 | Jakarta, Indonesia
Asia/Manila | 马尼拉 菲律宾 | Manila, Philippines
Asia/Macau | 澳门 | Macau, Macao
Asia/Urumqi | 乌鲁木齐 新疆 | Ürümqi, Xinjiang
Pacific/Auckland | 奥克兰 新西兰 惠灵顿 | Auckland, New Zealand, Wellington
Australia/Melbourne | 墨尔本 | Melbourne
Australia/Brisbane | 布里斯班 | Brisbane
Australia/Adelaide | 阿德莱德 | Adelaide
Australia/Perth | 珀斯 | Perth
Europe/Amsterdam | 阿姆斯特丹 荷兰 | Amsterdam, Netherlands
Europe/Brussels | 布鲁塞尔 比利时 | Brussels, Belgium
Europe/Zurich | 苏黎世 瑞士 日内瓦 | Zürich, Switzerland, Geneva
Europe/Vienna | 维也纳 奥地利 | Vienna, Austria
Europe/Rome | 罗马 意大利 米兰 | Rome, Italy, Milan
Europe/Madrid | 马德里 西班牙 巴塞罗那 | Madrid, Spain, Barcelona
Europe/Lisbon | 里斯本 葡萄牙 | Lisbon, Portugal
Europe/Dublin | 都柏林 爱尔兰 | Dublin, Ireland
Europe/Stockholm | 斯德哥尔摩 瑞典 | Stockholm, Sweden
Europe/Oslo | 奥斯陆 挪威 | Oslo, Norway
Europe/Copenhagen | 哥本哈根 丹麦 | Copenhagen, Denmark
Europe/Helsinki | 赫尔辛基 芬兰 | Helsinki, Finland
Europe/Warsaw | 华沙 波兰 | Warsaw, Poland
Europe/Prague | 布拉格 捷克 | Prague, Czechia
Europe/Budapest | 布达佩斯 匈牙利 | Budapest, Hungary
Europe/Athens | 雅典 希腊 | Athens, Greece
Europe/Kyiv | 基辅 乌克兰 | Kyiv, Ukraine
Europe/Bucharest | 布加勒斯特 罗马尼亚 | Bucharest, Romania
Europe/Istanbul | 伊斯坦布尔 土耳其 | Istanbul, Turkey
Asia/Jerusalem | 耶路撒冷 以色列 | Jerusalem, Israel, Tel Aviv
Africa/Cairo | 开罗 埃及 | Cairo, Egypt
Africa/Johannesburg | 约翰内斯堡 南非 | Johannesburg, South Africa, Cape Town
Africa/Nairobi | 内罗毕 肯尼亚 | Nairobi, Kenya
Africa/Lagos | 拉各斯 尼日利亚 | Lagos, Nigeria
Africa/Casablanca | 卡萨布兰卡 摩洛哥 | Casablanca, Morocco
Asia/Riyadh | 利雅得 沙特 | Riyadh, Saudi Arabia
Asia/Tehran | 德黑兰 伊朗 | Tehran, Iran
Asia/Karachi | 卡拉奇 巴基斯坦 | Karachi, Pakistan
Asia/Tashkent | 塔什干 乌兹别克斯坦 | Tashkent, Uzbekistan
Asia/Almaty | 阿拉木图 哈萨克斯坦 | Almaty, Kazakhstan
Asia/Dhaka | 达卡 孟加拉国 | Dhaka, Bangladesh
Asia/Kathmandu | 加德满都 尼泊尔 | Kathmandu, Nepal
Asia/Colombo | 科伦坡 斯里兰卡 | Colombo, Sri Lanka
Asia/Yangon | 仰光 缅甸 | Yangon, Myanmar
Asia/Phnom_Penh | 金边 柬埔寨 | Phnom Penh, Cambodia
Asia/Ulaanbaatar | 乌兰巴托 蒙古 | Ulaanbaatar, Mongolia
Asia/Yekaterinburg | 叶卡捷琳堡 | Yekaterinburg
Asia/Novosibirsk | 新西伯利亚 | Novosibirsk
Asia/Vladivostok | 符拉迪沃斯托克 海参崴 | Vladivostok
America/Mexico_City | 墨西哥城 墨西哥 | Mexico City, Mexico
America/Bogota | 波哥大 哥伦比亚 | Bogotá, Colombia
America/Lima | 利马 秘鲁 | Lima, Peru
America/Santiago | 圣地亚哥 智利 | Santiago, Chile
America/Argentina/Buenos_Aires | 布宜诺斯艾利斯 阿根廷 | Buenos Aires, Argentina
America/Caracas | 加拉加斯 委内瑞拉 | Caracas, Venezuela
America/Halifax | 哈利法克斯 | Halifax, Atlantic
America/St_Johns | 圣约翰斯 纽芬兰 | St. John's, Newfoundland
America/Phoenix | 凤凰城 亚利桑那 | Phoenix, Arizona
America/Anchorage | 安克雷奇 阿拉斯加 | Anchorage, Alaska
Pacific/Honolulu | 檀香山 夏威夷 火奴鲁鲁 | Honolulu, Hawaii
Atlantic/Reykjavik | 雷克雅未克 冰岛 | Reykjavík, Iceland
Atlantic/Azores | 亚速尔群岛 | Azores
"""


def _named(line: str) -> ZoneName:
    zone, chinese, english = line.split("|")
    return ZoneName(zone.strip(), tuple(chinese.split()), tuple(map(str.strip, english.split(","))))


NAMES: Final = tuple(map(_named, _TABLE.strip().split("\n")))

"""The colours of pictures, light and dark; also told apart by those who see fewer of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# Okabe and Ito's palette (https://jfly.uni-koeln.de/color/), so ordered that neighbours differ.
SECTIONS: Final = (
    *("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#B8A800", "#7A5CC0"),
    *("#8C564B", "#17A2A2", "#C2185B", "#5D8A00"),
)
UNFILED: Final = "#9AA0A6"
OTHERS: Final = "#6E6259"


@dataclass(frozen=True, slots=True)
class Theme:
    """Paper, ink, and the shades of a heat map, of which the first is for nothing."""

    paper: str
    ink: str
    faint: str
    line: str
    heat: tuple[str, ...]
    future: str


LIGHT: Final = Theme(
    paper="#FFFDF9",
    ink="#1F2328",
    faint="#6B7280",
    line="#E5E1D8",
    heat=("#EBE6DC", "#BFDDEE", "#7DB8DC", "#3A89C0", "#175A8F"),
    future="#F6F3EC",
)
DARK: Final = Theme(
    paper="#17181A",
    ink="#ECE9E2",
    faint="#9AA0A6",
    line="#34363A",
    heat=("#2A2C30", "#1C415C", "#246A9B", "#3F97D3", "#A5D8F8"),
    future="#1E2022",
)

"""A Dockerfile as its stages and instructions, as far as ours goes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "deploy" / "Dockerfile"


@dataclass(frozen=True, slots=True)
class Instruction:
    """A word in capitals and what stands behind it, on one line."""

    word: str
    rest: str


@dataclass(slots=True)
class Stage:
    """One FROM: what it begins with, its name, and what follows."""

    base: str
    name: str
    instructions: list[Instruction] = field(default_factory=list)

    def all(self, word: str) -> list[str]:
        """What stands behind each instruction of that kind."""
        return [one.rest for one in self.instructions if one.word == word]


def read_dockerfile(path: Path = DOCKERFILE) -> tuple[dict[str, str], list[Stage]]:
    """The arguments with their defaults that stand before the first stage, and the stages."""
    text = re.sub(r"^\s*#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    arguments: dict[str, str] = {}
    stages: list[Stage] = []
    for line in re.sub(r"\\\n\s*", "", text).split("\n"):
        if not line.strip():
            continue
        word, _, rest = line.partition(" ")
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            stages.append(Stage(base.strip(), name.strip()))
        elif stages:
            stages[-1].instructions.append(Instruction(word, rest.strip()))
        else:
            name, _, value = rest.partition("=")
            arguments[name] = value
    return arguments, stages


def settings_of(rest: str) -> dict[str, str]:
    """The names and values of an ENV or LABEL."""
    found = re.findall(r'([A-Za-z_.]+)=("[^"]*"|\S+)', rest)
    return {name: value.strip('"') for name, value in found}


def let_through(path: Path = ROOT / ".dockerignore") -> set[str]:
    """What of the project an image may be made of: all else is kept from it."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return {line[1:] for line in lines if line.startswith("!")}

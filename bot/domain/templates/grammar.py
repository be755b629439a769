"""Which Jinja2 a document template may be: text, variables, filters, `if`, `for`, `set`.

What is not on the list is refused before anything runs. Nothing that is left can define
functions, read files, or hold lists within lists, so the work of a template is the number of
its steps times the size of what they touch, and `fuel` counts both.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from jinja2 import nodes
from jinja2.meta import find_undeclared_variables
from jinja2.visitor import NodeTransformer

from bot.domain.templates.errors import DocumentTemplateError, TemplateFault

WEIGHED = "_weighed"
COUNTED = "_counted"

_ALLOWED = frozenset(
    {
        *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign),
        *(nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Getattr, nodes.Getitem),
        *(nodes.Slice, nodes.Filter, nodes.Test, nodes.Call, nodes.Keyword, nodes.CondExpr),
        *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat),
        *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod),
        *(nodes.Neg, nodes.Pos),
    }
)
_WORDS: dict[type[nodes.Node], str] = {
    nodes.AssignBlock: "set … endset",
    nodes.Block: "block",
    nodes.CallBlock: "call",
    nodes.Dict: "{…}",
    nodes.Extends: "extends",
    nodes.FilterBlock: "filter … endfilter",
    nodes.FromImport: "from … import",
    nodes.Import: "import",
    nodes.Include: "include",
    nodes.Macro: "macro",
    nodes.NSRef: "namespace",
    nodes.Pow: "**",
    nodes.ScopedEvalContextModifier: "autoescape",
    nodes.With: "with",
}


def check_grammar(
    tree: nodes.Template,
    variables: Collection[str],
    filters: Collection[str],
    tests: Collection[str],
) -> None:
    """Raises DocumentTemplateError where the template uses what it may not, or what is not."""
    for node in tree.find_all(nodes.Node):
        _check_kind(node)
        if isinstance(node, nodes.Filter):
            _check_name("filter", node.name, filters, node.lineno)
        elif isinstance(node, nodes.Test):
            _check_name("test", node.name, tests, node.lineno)
    unknown = find_undeclared_variables(tree).difference(variables)
    for name in tree.find_all(nodes.Name):
        if name.name in unknown:
            _check_name("variable", name.name, variables, name.lineno)


def _check_kind(node: nodes.Node) -> None:
    kind = type(node)
    word = ""
    if kind not in _ALLOWED:
        word = _WORDS.get(kind, kind.__name__)
    elif isinstance(node, nodes.For) and node.recursive:
        word = "for … recursive"
    elif isinstance(node, nodes.List | nodes.Tuple) and not _is_flat(node):
        word = "a list of anything but fixed words and numbers"
    if word:
        raise DocumentTemplateError(TemplateFault.FORBIDDEN, word, node.lineno)


def _is_flat(node: nodes.List | nodes.Tuple) -> bool:
    """Whether the list cannot hold a list; a tuple may also be names that `for` or `set` fill."""
    if isinstance(node, nodes.Tuple) and node.ctx == "store":
        return True
    return all(isinstance(item, nodes.Const) for item in node.items)


def _check_name(kind: str, name: str, known: Collection[str], line: int) -> None:
    if name not in known:
        reason = f"no {kind} {name}; there are {', '.join(sorted(known))}"
        raise DocumentTemplateError(TemplateFault.UNKNOWN, reason, line)


class Metering(NodeTransformer):
    """Puts a meter on every value that is read and on every loop.

    Together with the meters of filters, calls and operators no expression is without one.
    """

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802 -- Jinja2 calls it so
        """A variable that is read, weighed."""
        return node if node.ctx != "load" else _filtered(node, WEIGHED)

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 -- Jinja2 calls it so
        """A loop whose every turn counts."""
        self.generic_visit(node)
        node.iter = _filtered(cast("nodes.Expr", node.iter), COUNTED)
        return node


def _filtered(node: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(
        node, name, [], [], None, None, lineno=node.lineno, environment=node.environment
    )

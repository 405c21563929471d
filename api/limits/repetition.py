"""How often the same field stands in the same place."""

from collections import defaultdict
from collections.abc import Mapping

from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode


def repetitions(selection_set: SelectionSetNode, fragments: Mapping[str, SelectionSetNode]) -> int:
    """Pairs of fields that stand for the same key of the answer, over all its objects.

    Validation compares the two of each pair (spec, section 5.3.2), so a field written 500 times costs 124,750
    comparisons. Visits each selected field once. Fragments must not spread themselves.
    """
    pairs = 0
    places = [[selection_set]]
    while places:
        counts: dict[str, int] = defaultdict(int)
        below: dict[str, list[SelectionSetNode]] = defaultdict(list)
        spread: set[str] = set()
        merged = places.pop()
        while merged:
            for selection in merged.pop().selections:
                if isinstance(selection, FieldNode):
                    key = (selection.alias or selection.name).value
                    counts[key] += 1
                    if selection.selection_set:
                        below[key].append(selection.selection_set)
                elif isinstance(selection, FragmentSpreadNode):
                    name = selection.name.value
                    if name in fragments and name not in spread:
                        spread.add(name)
                        merged.append(fragments[name])
                elif isinstance(selection, InlineFragmentNode):
                    merged.append(selection.selection_set)
        pairs += sum(count * (count - 1) // 2 for count in counts.values())
        places.extend(below.values())
    return pairs

"""Words that a force adds in a file of its own, for the tests of the lexicon's files."""

OURS = """
[[entry]]
id = "fear_or_impact.ours"
code = "fear_or_impact"
strength = "strong"
source = "our own"
terms = ["has the collywobbles"]
examples = ["SHE HAS THE COLLYWOBBLES"]
"""

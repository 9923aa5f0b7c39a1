"""What files say of where they come from."""

from dataclasses import replace

from geodata.outputs.briefing.provenance import provenance


def test_the_whole_seal_is_named_in_groups_that_can_be_typed(shown):
    seal = "0123456789abcdef" * 4
    sealed = replace(shown, imprint=replace(shown.imprint, seal=seal))
    facts, _sources = provenance(sealed)
    assert seal in facts.replace(" ", "")
    assert "01234567 89abcdef" in facts
    assert "niêm phong" not in provenance(shown)[0]

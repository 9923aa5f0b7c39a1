"""The shipped data and the units, read once a process: who changes any of it makes a copy."""

from geodata import intake
from geodata.geography import units
from geodata.intake.judging.diagnosis import Holdings
from geodata.register import declarations

SITES, EVIDENCE = intake.shipped_sites(), intake.shipped_evidence()
KNOWN = Holdings(SITES, EVIDENCE, declarations.none())
BLOCKS, COMMUNES = units.load_blocks(), units.load_legacy_communes()

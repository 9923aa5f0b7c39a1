"""Under mutation a property only has to fail: nobody asks for the smallest example."""

import os

from hypothesis import Phase, settings

if "MUTANT_UNDER_TEST" in os.environ:
    settings.register_profile("mutant", settings(), phases=(Phase.explicit, Phase.generate))
    settings.load_profile("mutant")

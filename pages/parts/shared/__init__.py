"""What several screens show: data at hand, state, heading, controls, lists, words."""

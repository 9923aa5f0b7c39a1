"""The method's screen: the rules, their pictures, a target worked out from the figures in view."""

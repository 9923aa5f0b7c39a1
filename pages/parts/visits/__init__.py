"""The visits' screen: choices, solving, result, comparison, replication."""

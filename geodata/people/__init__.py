"""Who may do what: roles and passwords as rules. Not here: the accounts stored (``store``)."""

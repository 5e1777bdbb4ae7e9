"""Workbooks in which people fill in a balance or a tree, read back with sheet, row and column of every fault."""

"""Screens for administrators: accounts, units, the trail; over the same operations as everything else."""

"""Nhân rộng: candidates and the leader's decision."""

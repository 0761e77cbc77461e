"""Bình chọn: one advisory vote per person and initiative."""

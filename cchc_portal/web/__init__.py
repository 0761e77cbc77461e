"""The HTTP kit below the features; knows no feature."""

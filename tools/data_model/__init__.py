"""The data model as a page and a drawing, made from the models."""

from tools.data_model.drawing import draw
from tools.data_model.page import describe

__all__ = ["describe", "draw"]

from fieldkit.ui.tour.every_screen import run_screens
from fieldkit.ui.tour.path import run_tour

__all__ = ["run_screens", "run_tour"]

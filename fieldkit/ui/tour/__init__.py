from fieldkit.ui.tour.path import run_tour

__all__ = ["run_tour"]

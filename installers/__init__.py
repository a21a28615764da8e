"""The parts of `build_installer.py`."""

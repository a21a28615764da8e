"""Laws are not judged by the clock: the first example reads fonts, and other work runs beside."""

from hypothesis import settings

settings.register_profile("leaflets", deadline=None)
settings.load_profile("leaflets")

"""Small shared parts, in the look of `theme`. Each is large enough to press, has a name for screen readers,
mirrors by itself, and shows and asks without deciding."""

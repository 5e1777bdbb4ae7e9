"""The commands of `wijkbaat`: each asks, calls what does the work, and tells."""

"""Settings with one thing changed."""

from indicators.simulation.settings import SimulationSettings


def changed(settings: SimulationSettings, **parts) -> SimulationSettings:
    """`settings` with other values: n_clients=10, or a part with some of its keys: course={"low_point": 0}."""
    data = settings.model_dump()
    for name, value in parts.items():
        data[name] = data[name] | value if isinstance(value, dict) else value
    return SimulationSettings.model_validate(data)


def without_effect(settings: SimulationSettings, **parts) -> SimulationSettings:
    """`settings` where the new approach does nothing to the life domains."""
    flat = {name.value: {"level": domain.level, "effect": 0} for name, domain in settings.life_domains.items()}
    return changed(settings, life_domains=flat, **parts)

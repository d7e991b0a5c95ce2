"""All tables of the plugin."""

from coworking.models.space import Space, SpaceState
from coworking.models.trial_day import TrialDay

__all__ = ["Space", "SpaceState", "TrialDay"]

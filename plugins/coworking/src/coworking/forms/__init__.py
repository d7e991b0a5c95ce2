"""Forms for visitors and operators."""

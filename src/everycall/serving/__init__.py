"""The ground on which the screens and the API stand: Django's settings, a force for each thread, who is there."""

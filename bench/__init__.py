"""Measurements of the project that are too long, or too much of a survey, for its tests."""

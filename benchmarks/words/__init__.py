"""Measuring what words say: the halves of the phrase bank, and sentences written for this project."""

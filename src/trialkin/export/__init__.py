"""Answers in the forms that others read; one file per format."""

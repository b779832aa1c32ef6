"""Mirrors the package file for file; `lab` is a real HTTP server that plays the four services."""

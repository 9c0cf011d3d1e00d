"""Loads tomorrow's departures, so that they can be sold."""
import requests

departures = requests.get("http://planning-vip/api/departures", timeout=30)
departures.raise_for_status()

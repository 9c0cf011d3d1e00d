"""Free seats for the app. Only until there is an interface for it (summer 2023)."""
import requests

SEATS = "https://fleet.kystbuss.example/internal/seats"


def free_seats(departure):
    return requests.get(f"{SEATS}/{departure}", timeout=5).json()


print(free_seats("today"))

"""How many falsified claims `vet` lets through, and how many true ones it refuses."""

"""What belongs to a release: the reader's data, its seal, licences, wheels."""

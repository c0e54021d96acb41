"""What AJV 8 answers: JSON Schema draft-07, with defaults filled in and failing extras removed."""

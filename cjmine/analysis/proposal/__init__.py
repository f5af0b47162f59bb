"""What a log proposes before anybody has declared a journey: ends, ways to them, and homes."""

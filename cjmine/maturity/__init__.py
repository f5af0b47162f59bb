"""How far an organisation is with its journeys: what is asked, and what files show of it."""

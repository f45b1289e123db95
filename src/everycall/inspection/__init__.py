"""How consistently was it done? History assessed as it stood, samples, reviews, the report and the comparison."""

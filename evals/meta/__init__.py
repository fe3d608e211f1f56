"""The judge of the judges: our scorers against labels that exist."""

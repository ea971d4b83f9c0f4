"""Words that people write and what they mean."""

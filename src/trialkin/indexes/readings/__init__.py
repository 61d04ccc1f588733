"""What is read from the texts of every study, kept: a study is read once."""

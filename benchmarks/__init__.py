"""How fast it is: each file measures one thing and prints a table with machine and versions."""

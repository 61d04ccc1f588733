"""The door for assistants: a library as tools of the Model Context Protocol. The only user of its SDK."""

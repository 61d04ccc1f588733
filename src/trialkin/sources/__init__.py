"""Records in: archives and folders on this machine, and the registry itself."""

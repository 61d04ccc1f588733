"""The local web app: pages, and the same answers as JSON and text. The only user of the web framework."""

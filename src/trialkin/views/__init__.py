"""What a page says, as frozen values: built once, shown as HTML and as plain text.

Owns the choice and order of what is shown. Must not know: HTML, CSS, terminals, HTTP.
"""

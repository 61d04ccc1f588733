"""A library as tables: the layout that analysts know from AACT, and Trialkin's own beside it.

`rows` makes the rows of one study, `parquet` writes them, `sql` asks them. The only users of Arrow and DuckDB.
"""

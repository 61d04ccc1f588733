"""Search: the query language, the index, facets, other names and reasons. The only user of tantivy.

Needs only the model: records come in as (seq, id, study), ids go out.
"""

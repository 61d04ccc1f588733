"""Pictures: one file each, a typed view-model and the pure function that draws it as SVG.

Own code: the charts are few and small, and no maintained chart library for Python draws plain server-side SVG
without inline styles, scripts or a numeric stack (docs/decisions/0020-pictures-own-svg.md).
"""

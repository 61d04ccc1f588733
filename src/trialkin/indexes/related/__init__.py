"""Kin: which studies are related, how closely, and why.

Signals compare two studies, `combine` adds them up, `explain` quotes the reasons, `relations` names the kind of
kinship, and `neighbours` keeps the nearest of every study. Works on studies alone, without a library.
"""

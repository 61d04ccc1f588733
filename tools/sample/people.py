"""The fictitious sponsors that the invented studies share."""

from __future__ import annotations

UHE = ("Invented University Hospital of Examplestadt", "OTHER")
IMAGINARY = ("Imaginary Oncology Institute of Sampleton", "OTHER")
MADEUP = ("Made-up Pharmaceuticals (invented sponsor)", "INDUSTRY")
PLACEHOLDER = ("Placeholder Devices Ltd (invented sponsor)", "INDUSTRY")
NETWORK = ("Invented Cooperative Trials Network", "NETWORK")
AGENCY = ("Fictitious National Health Institute", "OTHER_GOV")
FOUNDATION = ("Example Foundation for Invented Research", "OTHER")
CHILDREN = ("Invented Children's Hospital of Mockville", "OTHER")

"""Text to rows: what is read as a dose, whose, when; and what only looks like one."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from trialkin import Library
from trialkin.reading.doses import read_regimens, study_regimens

# name of the intervention, text, rows as (agent, low, high, unit, schedule)
DOSES = [
    ("A", "Zalutinib 40 mg once daily", [("Zalutinib", 40, 40, "mg", "1/d")]),
    ("A", "zalutinib 40 mg twice daily for 6 weeks", [("zalutinib", 40, 40, "mg", "2/d")]),
    ("Zalutinib", "40 mg/day by mouth", [("Zalutinib", 40, 40, "mg", "1/d")]),
    ("A", "Participants receive 300 mg of zalumab every 4 weeks.", [("zalumab", 300, 300, "mg", "q4wk")]),
    ("A", "Participants receive 300 mg zalumab SC Q4W", [("zalumab", 300, 300, "mg", "q4wk")]),
    ("A", "zalumab (XY-12) at a dose of 10 mg/kg every 14 days", [("zalumab", 10, 10, "mg/kg", "q2wk")]),
    ("A", "zalumab 10 mg / kg IV q3w", [("zalumab", 10, 10, "mg/kg", "q3wk")]),
    ("A", "zalumab 10 mg·kg-1 weekly", [("zalumab", 10, 10, "mg/kg", "1/wk")]),
    ("Docetaxel", "75 mg/m2 on day 1 of each 21-day cycle", [("Docetaxel", 75, 75, "mg/m2", "d1 q21d")]),
    ("Docetaxel", "75 mg/m\\^2 IV, day 1, every 3 weeks", [("Docetaxel", 75, 75, "mg/m2", "d1 q21d")]),
    ("Docetaxel", "75 mg/m² every 21 days", [("Docetaxel", 75, 75, "mg/m2", "q3wk")]),
    ("Gemcitabine", "1,000 mg/m2 on days 1, 8 and 15 of a 28-day cycle",
     [("Gemcitabine", 1000, 1000, "mg/m2", "d1,8,15 q28d")]),
    ("Capecitabine", "1250 mg/m2 BID days 1 to 14", [("Capecitabine", 1250, 1250, "mg/m2", "2/d d1-14")]),
    ("Zalutinib", "5 mg QD, 3 weeks on/1 week off", [("Zalutinib", 5, 5, "mg", "d1-21 q28d")]),
    ("Zalutinib", "50 to 100 mg per day", [("Zalutinib", 50, 100, "mg", "1/d")]),
    ("Zalutinib", "50-100 mg nightly", [("Zalutinib", 50, 100, "mg", "1/d")]),
    ("Zalutinib", "doses ranging from 12.5 mg to 25 mg", [("Zalutinib", 12.5, 25, "mg", None)]),
    ("Zalutinib", "up to 80 mg daily", [("Zalutinib", None, 80, "mg", "1/d")]),
    ("Zalutinib", "≥ 80 mg daily", [("Zalutinib", 80, None, "mg", "1/d")]),
    ("Zalutinib", "10, 20 or 40 mg once daily", [("Zalutinib", d, d, "mg", "1/d") for d in (10, 20, 40)]),
    ("Zalutinib", "10 mg QD, 20 mg QD, and 40 mg BID", [
        ("Zalutinib", 10, 10, "mg", "1/d"), ("Zalutinib", 20, 20, "mg", "1/d"), ("Zalutinib", 40, 40, "mg", "2/d")]),
    ("Zalutinib", "100mg/QW and 300mg/Q3W",
     [("Zalutinib", 100, 100, "mg", "1/wk"), ("Zalutinib", 300, 300, "mg", "q3wk")]),
    ("A", "zalutinib 80 mg QD plus paclitaxel 80 mg/m2 weekly", [
        ("zalutinib", 80, 80, "mg", "1/d"), ("paclitaxel", 80, 80, "mg/m2", "1/wk")]),
    ("A", "Naproxen (500 mg) and baclofen (10 mg) twice a day", [
        ("Naproxen", 500, 500, "mg", "2/d"), ("baclofen", 10, 10, "mg", "2/d")]),
    ("A", "8 mg betamethasone, 3 cc bupivacaine", [
        ("betamethasone", 8, 8, "mg", None), ("bupivacaine", 3, 3, "mL", None)]),
    ("Zalumab", "2 mg/kg weekly for 4 weeks, then every 3 weeks", [
        ("Zalumab", 2, 2, "mg/kg", "1/wk"), ("Zalumab", 2, 2, "mg/kg", "q3wk")]),
    ("Zalumab", "8 mg/kg as a loading dose, followed by 6 mg/kg every 3 weeks", [
        ("Zalumab", 8, 8, "mg/kg", None), ("Zalumab", 6, 6, "mg/kg", "q3wk")]),
    ("Zalutinib", "Take 4 tablets (0.5 mg each) three times daily", [("Zalutinib", 2, 2, "mg", "3/d")]),
    ("Zalutinib", "two 150 mg tablets every 12 hours", [("Zalutinib", 300, 300, "mg", "2/d")]),
    ("Zalumab", "a single dose of 300 mg on day 1", [("Zalumab", 300, 300, "mg", "once")]),
    ("Zalumab", "a single dose of 300 mg and two hours of walking in sunlight out of doors every day",
     [("Zalumab", 300, 300, "mg", "once")]),
    ("Zalumab", "one injection of 0.5 mg into the joint every 4 weeks", [("Zalumab", 0.5, 0.5, "mg", "q4wk")]),
    ("Zalutinib", "500 mg on the first day, then 250 mg daily", [
        ("Zalutinib", 500, 500, "mg", "d1"), ("Zalutinib", 250, 250, "mg", "1/d")]),
    ("Zalutinib", "Zalutinib 4 mg (2 tablets of 2 mg) daily", [("Zalutinib", 4, 4, "mg", "1/d")]),
    ("Zalutinib", "Zalutinib 400 mg x 2 (800 mg), then 200 mg three times a day", [
        ("Zalutinib", 400, 400, "mg", None), ("Zalutinib", 200, 200, "mg", "3/d")]),
    ("Plasma", "plasma in a volume of 200 mL (150-300 mL)", [("plasma", 200, 200, "mL", None)]),
    ("Zalumab", "5 mg/kg at baseline, week 2 and week 6", [("Zalumab", 5, 5, "mg/kg", "wk0,2,6")]),
    ("Zalumab", "6 mg/kg at 48-hour intervals", [("Zalumab", 6, 6, "mg/kg", "qod")]),
    ("Stem cells", "doses of 3, 5 or 10 million cells/kg", [
        ("Stem cells", n, n, "cells/kg", None) for n in (3e6, 5e6, 1e7)]),
    ("Zalumab", "200 μg/kg once every 48 hourly", [("Zalumab", 200, 200, "ug/kg", "qod")]),
    ("A", "10 mg of zalumab per kilogram of body weight", [("zalumab", 10, 10, "mg/kg", None)]),
    ("RT", "brachytherapy, a single fraction of 24 Gy", [("brachytherapy", 24, 24, "Gy", "once")]),
    ("Group 1", "5 x 10^5 UCMSCs per kg on days 1 and 3", [("UCMSCs", 5e5, 5e5, "cells/kg", "d1,3")]),
    ("Fish oil", "2 x 20 drops daily", [("Fish oil", 20, 20, "drops", "2/d")]),
    ("A", "0.2 milliliters (mL) timothy grass and 0.2 mL cat", [
        ("timothy grass", 0.2, 0.2, "mL", None), ("cat", 0.2, 0.2, "mL", None)]),
    ("A", "1250 milligram (mg) / m² zalutinib twice daily", [("zalutinib", 1250, 1250, "mg/m2", "2/d")]),
    ("A", "cisplatin 75 mg/m2 D1, 5-FU 750 mg/m2 D1-5, every 3 weeks", [
        ("cisplatin", 75, 75, "mg/m2", "d1 q21d"), ("5-FU", 750, 750, "mg/m2", "d1-5 q21d")]),
    ("Zalumab", "600 mg (loading dose) + 300 mg every 2 weeks", [
        ("Zalumab", 600, 600, "mg", None), ("Zalumab", 300, 300, "mg", "q2wk")]),
    ("Radiotherapy", "50 Gy in 25 fractions on days 1-5 every week", [("Radiotherapy", 50, 50, "Gy", "5/wk")]),
    ("Zalumab", "300 mg every other day", [("Zalumab", 300, 300, "mg", "qod")]),
    ("Zalumab", "60 mg SC every 6 months", [("Zalumab", 60, 60, "mg", "q6mo")]),
    ("Zalumab", "60 mg once a month", [("Zalumab", 60, 60, "mg", "1/mo")]),
    ("Zalumab", "60 mg 3 times a week", [("Zalumab", 60, 60, "mg", "3/wk")]),
    ("Zalutinib", "5 mg q8h", [("Zalutinib", 5, 5, "mg", "3/d")]),
    ("Zalutinib", "3,5 mg daily", [("Zalutinib", 3.5, 3.5, "mg", "1/d")]),
    ("Fluorouracil", "2400 mg/m2 by continuous infusion", [("Fluorouracil", 2400, 2400, "mg/m2", "continuous")]),
    ("Vitamin D3", "50,000 IU weekly", [("Vitamin D3", 50000, 50000, "[IU]", "1/wk")]),
    ("Zalumab", "250 μg daily", [("Zalumab", 250, 250, "ug", "1/d")]),
    ("Zalumab", "250 mcg/kg once", [("Zalumab", 250, 250, "ug/kg", "once")]),
    ("CAR-T", "2×10^6 cells/kg on day 0", [("CAR-T", 2e6, 2e6, "cells/kg", "d0")]),
    ("CAR-T", "1-5x10^7 cells", [("CAR-T", 1e7, 5e7, "cells", None)]),
    ("Vector", "1.5E14 vg/kg once", [("Vector", 1.5e14, 1.5e14, "vg/kg", "once")]),
    ("Carboplatin", "AUC 5 and paclitaxel 175 mg/m2 every 3 weeks",
     [("Carboplatin", 5, 5, "AUC", "q3wk"), ("paclitaxel", 175, 175, "mg/m2", "q3wk")]),
    ("Radiotherapy", "60 Gy in 30 fractions", [("Radiotherapy", 60, 60, "Gy", None)]),
    ("RT", "SBRT 5 Gy x 3", [("SBRT", 15, 15, "Gy", None)]),
    ("RT", "whole brain radiotherapy, 10 fractions of 3 Gy", [("whole brain radiotherapy", 30, 30, "Gy", None)]),
    ("RT", "50 Gy/25 fractions, 5 days a week", [("RT", 50, 50, "Gy", "5/wk")]),
    ("Zalumab", "Cohort A: 10 mg weekly\n\nCohort B: 20 mg weekly", [
        ("Zalumab", 10, 10, "mg", "1/wk"), ("Zalumab", 20, 20, "mg", "1/wk")]),
    ("Zalumab", "60 mg (1.0 mL) every 6 months", [("Zalumab", 60, 60, "mg", "q6mo")]),
    ("Zalumab", "20 mg twice daily (40 mg/day)", [("Zalumab", 20, 20, "mg", "2/d")]),
    ("Zalumab", "100 mg daily, maximum dose 200 mg", [("Zalumab", 100, 100, "mg", "1/d")]),
    ("Zalumab", "200 mg in 250 mL of normal saline", [("Zalumab", 200, 200, "mg", None)]),
    ("Zalumab", "IV, 5 mg/kg days 1, 15 and 30", [("Zalumab", 5, 5, "mg/kg", "d1,15,30")]),
    ("Hydrocortisone", "1% cream applied twice daily", [("Hydrocortisone", 1, 1, "%", "2/d")]),
    ("Zalutinib", "2.5 mg/kg PO BID 7 days", [("Zalutinib", 2.5, 2.5, "mg/kg", "2/d")]),
    ("Zalutinib", "30 mg SC tiw for 6 weeks", [("Zalutinib", 30, 30, "mg", "3/wk")]),
    ("Zalutinib", "2 x 250 mg capsules (500 mg) every 12 hours", [("Zalutinib", 500, 500, "mg", "2/d")]),
    ("Lutetium", "7.4 GBq every 8 weeks", [("Lutetium", 7.4, 7.4, "GBq", "q8wk")]),
    ("Zalumab", "8400 U followed by 4200 U every 8 hours", [
        ("Zalumab", 8400, 8400, "[U]", None), ("Zalumab", 4200, 4200, "[U]", "3/d")]),
    ("Zalumab", "75 to 375 mg every 2 or 4 weeks", [
        ("Zalumab", 75, 375, "mg", "q2wk"), ("Zalumab", 75, 375, "mg", "q4wk")]),
    ("Zalumab", "25 μg (s.c.)/2 weeks", [("Zalumab", 25, 25, "ug", "q2wk")]),
    ("Zalumab", "a minimum of 0.016 mg/kg/IgE (IU/mL) every 4 weeks",
     [("Zalumab", 0.016, None, "mg/kg/IgE", "q4wk")]),
    ("Zalumab", "0.016 mg/kg IgE", [("Zalumab", 0.016, 0.016, "mg/kg/IgE", None)]),
    ("Zalumab 5 mg every two weeks", "5 mg for 6 doses", [("Zalumab", 5, 5, "mg", "q2wk")]),
    ("Zalutinib", "8 mg orally QD every 21 days", [("Zalutinib", 8, 8, "mg", "1/d")]),
    ("Zalutinib", "6 mg/iv/day", [("Zalutinib", 6, 6, "mg", "1/d")]),
    ("Zalutinib", "1 mg/(m2.d) for 14 days", [("Zalutinib", 1, 1, "mg/m2", "1/d")]),
    ("Zalutinib", "2.5 mg, 7.5 mg or 22.5 mg per day", [
        ("Zalutinib", d, d, "mg", "1/d") for d in (2.5, 7.5, 22.5)]),
    ("Zalutinib", "2 doses of 300 mg per day", [("Zalutinib", 300, 300, "mg", "2/d")]),
    ("Zalutinib", "150 mg and 50 mg tablets taken by mouth at a dose of 300 mg twice daily",
     [("Zalutinib", 300, 300, "mg", "2/d")]),
    ("Zalutinib", "20 mg in cohort 1, 80 mg in cohort 3,120 mg in cohort 4", [
        ("Zalutinib", d, d, "mg", None) for d in (20, 80, 120)]),
    ("Zalutinib", "120 mg on Days\n\n1 to 21 of a 28-day cycle", [("Zalutinib", 120, 120, "mg", "d1-21 q28d")]),
    ("Zalutinib", "on day 1, 20 mg for 1 day, 50 mg for 2 days", [
        ("Zalutinib", 20, 20, "mg", "d1"), ("Zalutinib", 50, 50, "mg", None)]),
    ("A", "zalutinib (16 mg on the day of surgery and 4 mg on days 2, 3)", [
        ("zalutinib", 16, 16, "mg", None), ("zalutinib", 4, 4, "mg", "d2,3")]),
    ("A", "zalumab 100 mg on days -12 and -5 before the infusion, and on days 3, 10 and 17",
     [("zalumab", 100, 100, "mg", "d-12,-5,3,10,17")]),
    ("A", "conditioning: zalutinib 3.2 mg/kg -7 to -5, busulfan 15 mg/m2 +1, 10 mg/m2 +3, +6", [
        ("zalutinib", 3.2, 3.2, "mg/kg", "d-7,-6,-5"), ("busulfan", 15, 15, "mg/m2", "d1"),
        ("busulfan", 10, 10, "mg/m2", "d3,6")]),
    ("A", "a continuous infusion of zalumab at 0.25 mg/kg/hr", [("zalumab", 0.25, 0.25, "mg/kg/h", "continuous")]),
    ("A", "zalumab 0.5 mL on D0, W4 and W8", [("zalumab", 0.5, 0.5, "mL", "wk0,4,8")]),
    ("A", "carboplatin AUC 5 or 6 on day 1", [
        ("carboplatin", 5, 5, "AUC", "d1"), ("carboplatin", 6, 6, "AUC", "d1")]),
    ("Zalumab", "100 mg Q4W (D1, D29, D57)", [("Zalumab", 100, 100, "mg", "q4wk")]),
    ("Zalutinib", "10 mg QD 2W/3W", [("Zalutinib", 10, 10, "mg", "d1-14 q21d")]),
    ("A", "350 mg, 700 mg, 2800 mg AB-1 + 10 mg, 20 mg AB-2", [
        ("AB-1", 350, 350, "mg", None), ("AB-1", 700, 700, "mg", None), ("AB-1", 2800, 2800, "mg", None),
        ("AB-2", 10, 10, "mg", None), ("AB-2", 20, 20, "mg", None)]),
    ("Mite extract", "escalating doses up to a maximum study dose of 0.6 mL",
     [("Mite extract", None, 0.6, "mL", None)]),
    ("Cold water", "drink 500 ml of cold water", [("Cold water", 500, 500, "mL", None)]),
    ("A", "400 mg zalutinib (equalling 310 mg base) twice daily", [("zalutinib", 400, 400, "mg", "2/d")]),
    ("Zalutinib", "A single dose of 150 mg lyophilized vial will be administered",
     [("Zalutinib", 150, 150, "mg", "once")]),
    ("Zalutinib", "900mg of the drug daily (300 mg by mouth three times daily)",
     [("Zalutinib", 300, 300, "mg", "3/d")]),
    ("Zalutinib", "50 mg/day, 25 mg administered twice a day", [("Zalutinib", 25, 25, "mg", "2/d")]),
    ("Zalutinib", "400 mg (total daily dose of 1200 mg) for 10 days", [("Zalutinib", 400, 400, "mg", "3/d")]),
    ("Zalutinib", "one capsule containing 20 mg of zalutinib per day", [("zalutinib", 20, 20, "mg", "1/d")]),
    ("Zalutinib", "Take 1 capsule (520mg) every 8 hours. Total dose: 1,560mg/day", [
        ("Zalutinib", 520, 520, "mg", "3/d")]),
    ("Zalutinib", "12 mg once daily for 3 days, then every other day on days 5-17", [
        ("Zalutinib", 12, 12, "mg", "1/d"), ("Zalutinib", 12, 12, "mg", "qod d5-17")]),
    ("Zalutinib", "0.5-1 mg/kg, up to 50 mg IV", [("Zalutinib", 0.5, 1, "mg/kg", None)]),
    ("Zalumab", "6 mg on three consecutive days", [("Zalumab", 6, 6, "mg", "1/d")]),
    ("Zalutinib", "500 mg on the first day and 250 mg on the second to fifth days", [
        ("Zalutinib", 500, 500, "mg", "d1"), ("Zalutinib", 250, 250, "mg", "d2-5")]),
    ("Zalutinib", "Hyper-CV (odd courses 1, 3): 40 mg daily", [("Zalutinib", 40, 40, "mg", "1/d")]),
    ("A", "Once-daily doses 5-<15 kg: 200 mg of zalutinib + 40 mg of busulfan 15-<30 kg: 400 mg zalutinib", [
        ("zalutinib", 200, 200, "mg", "1/d"), ("busulfan", 40, 40, "mg", "1/d"),
        ("zalutinib", 400, 400, "mg", "1/d")]),
    ("A", "Days 2-5: 400 mg of zalutinib twice daily and 250 mg of busulfan", [
        ("zalutinib", 400, 400, "mg", "2/d d2-5"), ("busulfan", 250, 250, "mg", "d2-5")]),
    ("A", "zalutinib 200 mg Q3W. Zalutinib is given on D1 in every three weeks cycle.",
     [("zalutinib", 200, 200, "mg", "d1 q21d")]),
    ("Panel 2", "50 million MSCs/unit dose", [("MSCs", 5e7, 5e7, "cells", None)]),
    ("A", "2 puffs of fluticasone/salmeterol 250/25 mcg/puff twice daily", [
        ("fluticasone", 500, 500, "ug", "2/d"), ("salmeterol", 50, 50, "ug", "2/d")]),
    ("Zalutinib", "Dosage form oral Dosage 40 mg", [("Zalutinib", 40, 40, "mg", None)]),
    ("Zalumab", "single-ascending doses ranging from 0.003 - 10 mg/kg", [("Zalumab", 0.003, 10, "mg/kg", "once")]),
    ("Tonic", "calcium and vitamin D (1000 mg calcium and 500 IU vitamin D) daily", [
        ("calcium", 1000, 1000, "mg", "1/d"), ("vitamin D", 500, 500, "[IU]", "1/d")]),
    ("A", "a loading dose of 0.1 mg/kg I.V. morphine", [("morphine", 0.1, 0.1, "mg/kg", None)]),
    ("Zalutinib", "400 mg twice a day (four 200 mg tablets) on day 1", [("Zalutinib", 400, 400, "mg", "2/d d1")]),
    ("Zalutinib", "a 9 mg dose for seven to ten nights", [("Zalutinib", 9, 9, "mg", "1/d")]),
    ("RT", "nodal irradiation, 3600-4000 cGy over 20 fractions", [("irradiation", 36, 40, "Gy", None)]),
    ("A", "continuous-infusion 5-FU at a dose of 600 mg/m2 daily", [("5-FU", 600, 600, "mg/m2", "continuous")]),
    ("ATG", "ATG 40mg/kg/day. Infusion over 6 hours on day 1-4.", [("ATG", 40, 40, "mg/kg", "d1-4")]),
    ("A", "five 28-day cycles of (doxorubicin 25 mg/m^2, dacarbazine 375 mg/m^2 all on days 1 and 15)", [
        ("doxorubicin", 25, 25, "mg/m2", "d1,15 q28d"), ("dacarbazine", 375, 375, "mg/m2", "d1,15 q28d")]),
    ("A", "a single intravesical dose of zalutinib 4 mg", [("zalutinib", 4, 4, "mg", "once")]),
    ("A", "enoxaparin 100 IU/kg (ca. 1 mg/kg) daily", [("enoxaparin", 100, 100, "[IU]/kg", "1/d")]),
    ("Etoposide", "100 mg/m2/12h days -6,-5", [("Etoposide", 100, 100, "mg/m2", "2/d d-6,-5")]),
    ("A", "1x10^8 CTLs by infusion", [("CTLs", 1e8, 1e8, "cells", None)]),
    ("Zalutinib", "400 mg tablets equaling 1600 mg daily", [("Zalutinib", 1600, 1600, "mg", "1/d")]),
    ("A", "zalumab 7.5mg/kg + 0.9% NaCl 100ml", [("zalumab", 7.5, 7.5, "mg/kg", None)]),
    ("Zalumab", "a fixed dose of 1200 mg Q3W (1200 mg on Day 1 of each 21 day cycle)", [
        ("Zalumab", 1200, 1200, "mg", "d1 q21d")]),
    ("A", "Ofloxacin1,000 mg daily", [("Ofloxacin", 1000, 1000, "mg", "1/d")]),
    ("A", "dose level 1,000 mg of zalutinib", [("zalutinib", 1000, 1000, "mg", None)]),
    ("A", "zalumab 200 mg Q3W.\n\nbusulfan 5 mg daily.\n\nZalumab treatment is given every 3 weeks.", [
        ("zalumab", 200, 200, "mg", "q3wk"), ("busulfan", 5, 5, "mg", "1/d")]),
    ("Zalutinib", "825 mg twice daily, 5 days per week", [("Zalutinib", 825, 825, "mg", "2/d 5 d/wk")]),
    ("A", "AB-1 is infused once every 3 weeks, combined with zalutinib 1000mg QD",
     [("zalutinib", 1000, 1000, "mg", "1/d")]),
    ("A", "etoposide 200mg/m² IV d-6-(-3)", [("etoposide", 200, 200, "mg/m2", "d-6,-5,-4,-3")]),
    ("A",
     "cisplatin 75 milligrams/meters squared (mg/m2) every 3 weeks on day 1 of each cycle or carboplatin at an area "
     "under the curve (AUC) 5 on day 1 of each cycle", [
        ("cisplatin", 75, 75, "mg/m2", "d1 q21d"), ("carboplatin", 5, 5, "AUC", "d1 q21d")]),
    ("Dust", "100, 1000 and finally 10000 SQ", [("Dust", d, d, "[SQ]", None) for d in (100, 1000, 10000)]),
]  # fmt: skip

NO_DOSE = [
    "Ingredient: zalutinib granule 2.5g (zalutinib extract 1.523g)",
    "The extract is composed of:\n\n* root 1.7 g\n* bark 1.0 g",
    "Capsule for oral administration contains zalutinib 100 mg",
    "Box of 10 zalutinib 20 mg ampoules",
    "convalescent plasma, 1-2 units from one donor",
    "tumour weight at least 550 g",
    "Add 30 mL of sweet syrup",
    "Tablet 5 mg.",
    "tablets to match zalutinib 100 mg will be provided",
    "the balloon is inflated with 60 mL of water",
    "an effect larger than 300mg daily",
    "after 33 ± 4 Gy a scan is made",
    "the maximum volume to be given will be 500 mL",
    "Zalutinib is available in amber vials with 40 mg (2 mL), 100 mg (5 mL), 300 mg (15 mL) and 500 mg (25 mL).",
    "Infants receive placebo once the intake of vitamin D has exceeded 200 IU/day.",
    "Protective ventilation with a tidal volume of 6 mL/kg.",
    "Saline is injected at the points with a disposable syringe (1 cc, 26G).",
    "Zalumab 40 mg film-coated tablets",
    "Pharmaceutical form: 20 mg/mL solution",
    "supplied in vials of 200 mg/10 mL",
    "Zalumab 100 mg/vial",
    "12 mL of whole blood will be collected in 2 tubes",
    "Blood sampling: up to 45 mL of blood will be taken",
    "patients with haemoglobin > 9 g/dL and creatinine clearance > 60 mL/min",
    "adults aged 18 to 75 years weighing 50 kg or more",
    "A phase 2 study over 24 weeks, visits on days 1, 8 and 15",
    "a 20 G needle is used",
    "the dose was not to exceed 300 mg",
    "matching placebo capsules, one capsule twice daily",
    "taken with 240 mL of water",
    "reduced by 25%",
    "stage IV disease, 3 cycles",
]


@pytest.mark.parametrize(("name", "text", "expected"), DOSES, ids=[text[:50] for _, text, _ in DOSES])
def test_text_to_rows(name: str, text: str, expected: list[tuple]) -> None:
    rows = read_regimens(text, name=name)
    assert [(r.agent, r.dose_low, r.dose_high, r.dose_unit, r.schedule) for r in rows] == expected


@pytest.mark.parametrize("text", NO_DOSE)
def test_what_is_no_dose(text: str) -> None:
    assert read_regimens(text, name="Zalumab") == ()


@pytest.mark.parametrize(("name", "text", "expected"), DOSES, ids=[text[:50] for _, text, _ in DOSES])
def test_quotes_are_spans_of_the_given_text(name: str, text: str, expected: list[tuple]) -> None:
    for row in read_regimens(text, name=name):
        assert text[row.start : row.end] == row.quote
        assert row.quote.strip()


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("zalumab 10 mg IV weekly", "iv"),
        ("zalumab 10 mg i.v.", "iv"),
        ("oral zalutinib 10 mg daily", "po"),
        ("zalutinib 10 mg by mouth", "po"),
        ("zalumab 10 mg subcutaneously", "sc"),
        ("zalumab 10 mg IM", "im"),
        ("zalumab 10 mg intrathecally", "intrathecal"),
        ("inhaled zalumab 10 mg", "inhaled"),
        ("zalumab 10 mg intravesically", "other"),
        ("stage IV patients receive zalumab 10 mg", None),
    ],
)
def test_routes(text: str, route: str | None) -> None:
    assert read_regimens(text, name="A")[0].route == route


@pytest.mark.parametrize(
    ("text", "repeats", "duration"),
    [
        ("zalumab 10 mg weekly for 6 cycles", (6, "cycles"), (None, None)),
        ("zalumab 10 mg weekly for 4 doses", (4, "doses"), (None, None)),
        ("zalumab 100 mg/m² every 3 weeks ×3", (3, "doses"), (None, None)),
        ("zalutinib 10 mg daily for 6 months", (None, None), (6, "mo")),
        ("zalutinib 10 mg daily for up to 28 days", (None, None), (28, "d")),
        ("zalutinib 10 mg IV over 30 minutes", (None, None), (None, None)),
    ],
)
def test_repeats_and_duration(text: str, repeats: tuple, duration: tuple) -> None:
    row = read_regimens(text, name="A")[0]
    assert (row.repeats, row.repeats_unit) == repeats
    assert (row.duration, row.duration_unit) == duration


def test_arithmetic_that_does_not_add_up_is_flagged_and_left_as_stated() -> None:
    (right,) = read_regimens("60 Gy in 30 fractions of 2 Gy", name="RT")
    (wrong,) = read_regimens("60 Gy in 25 fractions of 2 Gy", name="RT")
    assert right.flags == ()
    assert "50 Gy" in wrong.flags[0]
    assert (wrong.dose_low, wrong.fractions_low, wrong.dose_per_fraction) == (60, 25, 2)


@pytest.mark.parametrize("pump", ["10 mg ", "day 1, ", "2 Gy ", "(", "-", "every 3 ", "Cohort A: ", "1,"])
def test_time_grows_with_the_length_of_the_text_and_no_faster(pump: str) -> None:
    def seconds(length: int) -> float:
        text = ("zalumab 10 mg " + pump * (length // len(pump)))[:length]
        start = time.process_time()
        read_regimens(text, name="zalumab")
        return time.process_time() - start

    seconds(100)
    short, long = min(seconds(2_000) for _ in range(2)), seconds(16_000)
    assert long < 0.5 or long < 24 * short


@pytest.mark.corpus
def test_every_arm_and_intervention_of_the_corpus_is_read(corpus_folder: Path) -> None:
    """No error, and every quote is exactly its span; spans may share words, rows never lie outside the text."""
    rows = 0
    with Library(corpus_folder) as library:
        for _, nct_id, study in library.studies():
            if study is None:
                continue
            for one in study_regimens(study):
                rows += len(one.rows)
                assert all(one.text[row.start : row.end] == row.quote for row in one.rows), nct_id
    assert rows > 5_000

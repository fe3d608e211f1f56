"""Short forms that schools use, spelt out in our own words for the reader who does not."""

import re

TERMS = {
    "Attainment 8": "a pupil's points over eight GCSE subjects",
    "CPD": "continuing professional development",
    "CST": "Confederation of School Trusts",
    "DfE": "Department for Education",
    "EAL": "English as an additional language",
    "EBacc": "English Baccalaureate (a set of GCSE subjects)",
    "ECF": "early career framework",
    "ECT": "early career teacher",
    "EEF": "Education Endowment Foundation",
    "EHCP": "education, health and care plan",
    "EYFS": "early years foundation stage (to age 5)",
    "FSM": "free school meals",
    "GLD": "good level of development (at age 5)",
    "INSET": "a day of training for staff",
    "ITT": "initial teacher training",
    "KPI": "key performance indicator",
    "KS1": "key stage 1 (ages 5 to 7)",
    "KS2": "key stage 2 (ages 7 to 11)",
    "KS3": "key stage 3 (ages 11 to 14)",
    "KS4": "key stage 4 (ages 14 to 16)",
    "KS5": "key stage 5 (ages 16 to 18)",
    "MAT": "multi-academy trust",
    "MFL": "modern foreign languages",
    "NPQ": "national professional qualification",
    "PDSA": "plan, do, study, act (a cycle of small tests of change)",
    "Progress 8": "how far a school's pupils got by 16, beside others who started alike; 0 is the average",
    "PRU": "pupil referral unit",
    "QLA": "question-level analysis",
    "SEMH": "social, emotional and mental health",
    "SENCO": "special educational needs co-ordinator",
    "SENDCo": "special educational needs and disabilities co-ordinator",
    "SEND": "special educational needs and disabilities",
    "SLT": "senior leadership team",
    "TLR": "teaching and learning responsibility payment",
}
MOST = 4
_FORMS = "|".join(re.escape(term).replace(r"\ ", r"\s+") for term in sorted(TERMS, key=len, reverse=True))
_TERM = re.compile(rf"(?<![\w-])(?:{_FORMS})(?=s?(?![\w-]))")


def explained(text: str) -> str:
    """The short forms in a text, each with what it stands for, as one line; "" where there are none, or the text spells them out."""
    found = dict.fromkeys(" ".join(m.group().split()) for m in _TERM.finditer(text))
    said = _plain(text)
    unsaid = [term for term in found if _plain(TERMS[term].partition(" (")[0]) not in said]
    return " · ".join(f"{term}: {TERMS[term]}" for term in unsaid[:MOST])


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))

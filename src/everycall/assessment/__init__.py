"""What goes out: the answers to the five questions, each with its reasons and one of three states."""

from __future__ import annotations

from everycall.assessment.harm import Harm, HarmPart
from everycall.assessment.part import (
    Assertion,
    Band,
    DataClass,
    Disagreement,
    Moment,
    Part,
    Reason,
    SaidBy,
    Source,
    Status,
    Strength,
    Tier,
    Truth,
    Who,
)
from everycall.assessment.priorities import Priorities, PriorityMatch, PriorityNearMiss
from everycall.assessment.recommendation import Action, NearMiss, Recommendation
from everycall.assessment.repeat import Burst, Count, Incident, Repeat, Searched, ToConfirm
from everycall.assessment.vulnerability import Evidence, Finding, HeardFact, Vulnerability
from everycall.assessment.whole import AskNext, Assessment, MadeWith, Notice, OpenCall, ProblemFound

__all__ = [
    "Action",
    "AskNext",
    "Assertion",
    "Assessment",
    "Band",
    "Burst",
    "Count",
    "DataClass",
    "Disagreement",
    "Evidence",
    "Finding",
    "Harm",
    "HarmPart",
    "HeardFact",
    "Incident",
    "MadeWith",
    "Moment",
    "NearMiss",
    "Notice",
    "OpenCall",
    "Part",
    "Priorities",
    "PriorityMatch",
    "PriorityNearMiss",
    "ProblemFound",
    "Reason",
    "Recommendation",
    "Repeat",
    "SaidBy",
    "Searched",
    "Source",
    "Status",
    "Strength",
    "Tier",
    "ToConfirm",
    "Truth",
    "Vulnerability",
    "Who",
]

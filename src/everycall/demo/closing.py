"""How a call ends: graded, attended or not, closed as something; unevenly, and as planted faults will have it."""

from __future__ import annotations

from typing import Any

from everycall.demo.clock import Clock
from everycall.demo.logs import Logs
from everycall.demo.made import Now
from everycall.demo.rates import Draw
from everycall.demo.room import SEVERE, Room


def end_call(call: dict[str, Any], now: Now, room: Room, logs: Logs, clock: Clock, chance: Draw) -> None:
    """Grade and close the call; the seconds stand as numbers until it is known how much of it had happened."""
    call["grade_given"] = room.grades[now.event.kind in SEVERE].draw(chance)
    closed_as = room.closings[now.district].draw(chance)
    if now.part != 0 and now.event.victim is not None and chance() < 0.4:
        closed_as = "duplicate"
    for one in now.faults:
        fault = one.fault
        closed_as = fault.closes_as or closed_as
        call["grade_given"] = fault.grades_as or call["grade_given"]
        for name in ("marks_repeat", "marks_vulnerable"):
            if getattr(fault, name) is not None:
                call[name.replace("marks", "marked")] = getattr(fault, name)
        if fault.language_line is not None:
            call["language_line"] = fault.language_line
    seen = closed_as in ("attended", "crimed") or (closed_as == "no_trace" and chance() < 0.3)
    arrived = now.second + 900 + int(chance() * 9_900)
    call["closed_as"] = closed_as
    call["attended_at"] = arrived if seen else None
    call["closed_at"] = arrived + 1_200 + int(chance() * 34_800)
    dispatch, result = logs.ended(closed_as, now.handler, chance)
    iso = clock.iso
    if chance() < 0.7:
        call["log"].append({"at": iso(now.second + 600), "by": "D12", "text": dispatch})
    if chance() < 0.6:
        call["log"].append({"at": iso(call["closed_at"]), "by": "D12", "text": result})

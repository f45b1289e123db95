"""Which path shows which screen of those who do not take calls: supervisors, searchers, administrators, inspectors."""

from __future__ import annotations

from django.urls import path

from everycall.web import accounts, looking_up, policy, supervisors, systems, watching

paths = [
    path("search", looking_up.search),
    path("person", looking_up.person),
    path("place", looking_up.place),
    path("supervisors", supervisors.board),
    path("supervisors/say", supervisors.say),
    path("supervisors/burst", supervisors.look_at_burst),
    path("supervisors/decisions", supervisors.decisions),
    path("alerts", watching.alerts),
    path("alerts/seen", watching.seen),
    path("log", watching.log),
    path("settings/policy", policy.policy),
    path("settings/people", accounts.show),
    path("settings/people/add", accounts.add),
    path("settings/people/change", accounts.change),
    path("settings/systems", systems.systems),
    path("settings/systems/again", systems.tell_again),
    path("settings/conflicts", systems.conflict),
    path("settings/conflicts/end", systems.end_conflict),
]

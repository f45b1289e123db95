"""Which path shows which screen of those who do not take calls: supervisors, searchers, administrators, inspectors."""

from __future__ import annotations

from django.urls import path

from everycall.web import looking_up, supervisors

paths = [
    path("search", looking_up.search),
    path("person", looking_up.person),
    path("place", looking_up.place),
    path("supervisors", supervisors.board),
    path("supervisors/say", supervisors.say),
    path("supervisors/burst", supervisors.look_at_burst),
    path("supervisors/decisions", supervisors.decisions),
]

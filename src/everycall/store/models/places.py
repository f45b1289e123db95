"""Where things happen: areas, positions, local priorities and published incidents."""

from __future__ import annotations

from django.db import models

from everycall.store.models.known import Known
from everycall.store.moments import MomentField


class Area(Known):
    """A beat, ward or neighbourhood."""

    area_id = models.CharField(max_length=100, db_index=True)
    name = models.CharField(max_length=200)
    geometry = models.TextField()

    class Meta:
        """GeoJSON geometry, degrees."""

        db_table = "area"


class Place(models.Model):
    """A postcode's or UPRN's position, in degrees."""

    key = models.CharField(max_length=20, primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    known_from = MomentField()

    class Meta:
        """Looked up by ``postcode:PE13 9ZZ`` or ``uprn:123``."""

        db_table = "place"


class Priority(Known):
    """A local priority as agreed, drafted or discharged."""

    priority_id = models.CharField(max_length=100, db_index=True)
    payload = models.TextField()

    class Meta:
        """The payload is the priority as in the contract."""

        db_table = "priority"


class StreetIncident(models.Model):
    """A published incident of month precision: for rates and maps, never for matching a person or a place."""

    month = models.CharField(max_length=7, db_index=True)
    category = models.CharField(max_length=100)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    lsoa = models.CharField(max_length=20, null=True)
    street = models.CharField(max_length=200, null=True)
    outcome = models.CharField(max_length=200, null=True)
    file_sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        """From data.police.uk."""

        db_table = "street_incident"

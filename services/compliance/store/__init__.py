"""MongoDB collections of the compliance service, one module an aggregate."""

from services.compliance.store.briefing import BRIEFINGS
from services.compliance.store.term import TERMS
from shared.storage import StoreSchema

SCHEMA = StoreSchema("compliance", collections=(BRIEFINGS, TERMS))

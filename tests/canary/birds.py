"""The canaries: each with the characters that encodings treat differently, and found nowhere else."""

from __future__ import annotations

from tests.canary.scan import Canary

PASSWORD = Canary("password", 'Kanarie-7Qx-Zw/ö%"+\\Vogel', ("Kanarie-7Qx-Zw",), is_secret=True)
WRONG_PASSWORD = Canary("wrong password", "Zeisig-3Wk-Vb/ü %=!", ("Zeisig-3Wk-Vb",), is_secret=True)
PROXY_PASSWORD = Canary("proxy password", "Girlitz-5Rp-Lm/&ß", ("Girlitz-5Rp-Lm",), is_secret=True)

PHONE = Canary(
    "number", "+14155550199", ("4155550199", "415-555-0199", "415 555 0199", "(415) 555-0199", "415.555.0199")
)
FIRST_NAME = Canary("name", 'Felizia "Fee" Stieglitzová', ("Stieglitz",))
EMAIL = Canary("address", "fee+distelfink@nest.example", ("distelfink",))
EXTERNAL_ID = Canary("external ID", "CRM/Zaunkönig 77%A", ("CRM/Zaunk",))
PERSON_KEY = Canary("person key", "5ca0a9e1-77aa-4c0d-8b1d-f1e7d4e5b0d5")
PERSON_ID = Canary("legacy person ID", "977314159")
STRANGER = Canary("number of nobody", "+14155550177", ("4155550177", "415-555-0177", "415 555 0177"))
NEW_NAME = Canary("name as saved", 'Felizia "Fée" Rotkehlchenová', ("Rotkehlchen",))
REFUSED = Canary("value that was refused", 'Blaumeise "ä"\\ 40%', ("Blaumeise",))
REASON = Canary("reason", "ticket of Frau Nachtigallová /9", ("Nachtigall",))
DRAFT = Canary("value in a draft", 'Wiedehopf "é"+ 3%', ("Wiedehopf",))
ADDED_ID = Canary("external ID of the added", "CRM/Pirol-ß 78%", ("CRM/Pirol",))
ADDED_PHONE = Canary("number of the added", "+14155550166", ("4155550166", "415-555-0166", "415 555 0166"))
ADDED_NAME = Canary("name of the added", "Gimpelová & Söhne / 5%", ("Gimpel",))
CONSENT = Canary("consent", "asked for by Frau Seidenschwanzová, 3 May", ("Seidenschwanz",))
CHANGED_PHONE = Canary("number as changed", "+14155550155", ("4155550155", "415-555-0155", "415 555 0155"))

SECRETS = (PASSWORD, WRONG_PASSWORD, PROXY_PASSWORD)
PERSONAL = (
    PHONE,
    FIRST_NAME,
    EMAIL,
    EXTERNAL_ID,
    PERSON_KEY,
    PERSON_ID,
    STRANGER,
    NEW_NAME,
    REFUSED,
    REASON,
    DRAFT,
    ADDED_ID,
    ADDED_PHONE,
    ADDED_NAME,
    CONSENT,
    CHANGED_PHONE,
)
CANARIES = (*SECRETS, *PERSONAL)

"""The demo account: its custom fields, lists and campaigns."""

from vibes_desktop.sandbox.campaigns import Campaign, CampaignStatus
from vibes_desktop.sandbox.fields import Field, FieldKind, Option
from vibes_desktop.sandbox.subscriptions import SubscriptionList

COMPANY_KEY = "demo-retail"
APP_ID = "8f3c2a10-demo-app"

WEEKLY_DEALS = "SL1001"
ORDER_UPDATES = "SL1002"
SPRING_SALE = "SL1003"

WELCOME_CAMPAIGN = "ACQ1001"
ORDERS_CAMPAIGN = "ACQ1002"
SPRING_CAMPAIGN = "ACQ1003"

MALE = Option("male", "Male", 4101)
FEMALE = Option("female", "Female", 4102)
NON_BINARY = Option("non_binary", "Non-binary", 4103)
NOT_TOLD = Option("not_told", "Prefer not to say", None)
GENDERS = (MALE, FEMALE, NON_BINARY, NOT_TOLD)

HARDWARE_STORE = Option("hardware", "My Hardware Store", "st-11")
GROCERY = Option("grocery", "Local Grocery", "st-12")
STORES = (
    HARDWARE_STORE,
    GROCERY,
    Option("bakery", "Corner Bakery", "st-13"),
    Option("garden", "Garden Centre", "st-14"),
    Option("books", "Book Nook", None),
    Option("kiosk", "Old Kiosk", "st-9", active=False),
)

FIELDS = (
    Field("first_name", FieldKind.TEXT),
    Field("last_name", FieldKind.TEXT),
    Field("birthdate", FieldKind.DATE),
    Field("gender", FieldKind.SINGLE_CHOICE, GENDERS),
    Field("favorite_stores", FieldKind.MULTIPLE_CHOICE, STORES),
    Field("Home_Zip", FieldKind.TEXT),
    Field("loyalty_id", FieldKind.TEXT),
    Field("preferences", FieldKind.JSON),
    Field("email", FieldKind.TEXT),
    Field("visits", FieldKind.NUMBER),
    Field("newsletter", FieldKind.BOOLEAN),
    Field("notes", FieldKind.TEXT),
)

LISTS = (
    SubscriptionList(WEEKLY_DEALS, "Weekly deals"),
    SubscriptionList(ORDER_UPDATES, "Order updates"),
    SubscriptionList(SPRING_SALE, "Spring sale"),
)

CAMPAIGNS = (
    Campaign(
        WELCOME_CAMPAIGN,
        "Weekly deals: welcome",
        WEEKLY_DEALS,
        CampaignStatus.ACTIVE,
        "2016-11-01T00:00Z",
        None,
        ("DEALS", "WEEKLY"),
    ),
    Campaign(
        ORDERS_CAMPAIGN,
        "Order updates: at the till",
        ORDER_UPDATES,
        CampaignStatus.ACTIVE,
        "2020-02-01T00:00Z",
        None,
        ("ORDERS",),
        asks_to_confirm=False,
    ),
    Campaign(
        SPRING_CAMPAIGN,
        "Spring sale 2017",
        SPRING_SALE,
        CampaignStatus.PAST,
        "2017-01-01T00:00Z",
        "2017-05-31T23:59Z",
        ("SPRING",),
    ),
)

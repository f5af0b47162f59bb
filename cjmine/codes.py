"""The stable codes of problems and notes; `cjmine explain CODE` has words for each."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Stable codes. A code never changes its meaning and is never used again."""

    # L1xx: reading logs
    FILE_MISSING = "L101"
    FILE_UNREADABLE = "L102"
    FILE_EMPTY = "L103"
    FORMAT_UNKNOWN = "L104"
    HEADER_MISSING = "L105"
    COLUMN_MISSING = "L106"
    ROLE_UNCLEAR = "L107"
    TIME_UNREADABLE = "L108"
    ZONES_MIXED = "L109"
    DAY_MONTH_UNCLEAR = "L110"
    ZONE_UNDECLARED = "L111"
    LINE_TOO_LONG = "L112"
    FILE_TRUNCATED = "L113"
    ENCODING = "L114"
    ROW_STRUCTURE = "L115"
    TIME_IMPLAUSIBLE = "L116"
    VALUE_MISSING = "L117"
    XML_MALFORMED = "L118"
    XML_FORBIDDEN = "L119"
    REJECTS_OVER_BUDGET = "L120"
    NO_EVENTS = "L121"
    LOG_FORMAT = "L122"
    SOURCES_DISAGREE = "L123"
    EXTRA_MISSING = "L124"
    MODEL_FORMAT = "L125"
    SAMPLE_TOO_SMALL = "L126"
    OUT_OF_MEMORY = "L127"
    IDENTIFIER_ROUNDED = "L128"
    OVER_BUDGET = "L130"
    FILES_LEFT = "L131"
    # N2xx: notes on what was read, assumed or left out
    DUPLICATES_KEPT = "N201"
    TIES = "N202"
    ZONE_ASSUMED = "N203"
    CLOCK_CHANGE = "N204"
    PLACEHOLDER_IDS = "N205"
    COLUMNS_DROPPED = "N206"
    UNLINKED = "N207"
    FOLDED = "N208"
    DATES_ONLY = "N209"
    UNORDERED = "N210"
    SNIFFED = "N211"
    RULES_IGNORED = "N212"
    ROWS_FILTERED = "N213"
    ROWS_REJECTED = "N214"
    DUPLICATE_FILE = "N215"
    CLASHES = "N216"
    ENTRY_CUT = "N217"
    WEAK_IDENTIFIER = "N218"
    GOAL_ABSENT = "N219"
    THROW_AWAY_KEY = "N220"
    SMALL_GROUPS_SHOWN = "N221"
    NO_DIRECTION = "N222"
    CONFIG_USED = "N223"
    REDELIVERED = "N224"
    DEADLINE_ASSUMED = "N225"
    CHANNEL_UNKNOWN = "N226"
    COLUMN_ABSENT = "N227"
    TAKEN_OUT = "N228"
    GOAL_ASSUMED = "N229"
    WITHHELD = "N230"
    BASELINE_DIFFERS = "N231"
    CUT_OFF = "N232"
    HUBS = "N233"
    SHARED_DEVICES = "N234"
    RELEASED = "N235"
    BIG_IDENTIFIER = "N236"
    ZONE_NOT_USED = "N237"
    UNSEEN = "N238"
    AFTER_FULL_TIME = "N239"
    MAY_BE_TAILS = "N240"
    NOBODY_COUNTED = "N241"
    DEADLINE_OTHER = "N242"
    SCALE_ASSUMED = "N246"
    OFF_SCALE = "N247"
    ANSWERS_UNPLACED = "N248"
    NULS = "N270"
    TIMES_FAR = "N271"
    DATE_NOT_USED = "N272"
    SHORT_IDENTIFIERS_KEPT = "N250"
    RANGES = "N260"
    UNLIKE = "N285"
    STILL_RUNNING = "N300"
    SAMPLE_RATIO = "N301"
    BEFORE_AFTER = "N302"
    OTHER_CUSTOMERS = "N303"
    UNEQUAL_WEEKDAYS = "N304"
    TWO_LOGS = "N305"
    JUDGED_AS_NOW = "N306"
    NOTHING_TIMES_OUT = "N290"
    LEFT_CUT = "N291"
    FOLLOWED_SHORTER = "N292"
    JOURNEYS_CHOSEN = "N280"
    CHOSEN_BY_OUTCOME = "N281"
    COVERAGE_CHANGES = "N320"
    PERIODS_YOUNG = "N321"
    PERIODS_FEW = "N322"
    PERIODS_WITHHELD = "N323"
    PERIODS_OVERLAP = "N324"
    SHARES_NOT_FOLLOWED = "N325"
    NO_SCORES = "N360"
    ASKED_UNKNOWN = "N361"
    ANSWERS_ALONE = "N362"
    OBSERVED_ONLY = "N340"
    ITEMS_UNNAMED = "N341"
    NOT_CAUSED = "N350"
    TOTALS_REFUSED = "N351"
    NO_CONTACT = "N352"
    NO_STEPS = "N353"
    NO_ANSWERS = "N354"
    NO_COST = "N355"
    EVIDENCE_MISTAKEN = "N440"
    HISTORY_CUT = "N441"
    FOLDER_LARGE = "N442"
    PURGED = "N450"
    OUTLIERS_COVERAGE = "N370"
    WAVES_FROM = "N371"
    ANSWERS_UNKNOWN = "N372"
    CUSTOMERS_UNKNOWN = "N373"
    HALVES_SMALL = "N374"
    NO_MESSAGES = "N380"
    NO_RATING = "N381"
    JOURNEYS_MANY = "N400"
    JOURNEY_OWNERLESS = "N401"
    JOURNEY_PURPOSELESS = "N402"
    REVIEW_PAST = "N403"
    JOURNEYS_OVERLAP = "N404"
    REASON_HOMELESS = "N405"
    JOURNEY_DATALESS = "N406"
    JOURNEY_FILELESS = "N407"
    JOURNEY_ENTRYLESS = "N408"
    VALUE_DIFFERS = "N409"
    VALUES_TWO = "N410"
    JOURNEYS_ALIKE = "N411"
    # J1xx: the journey file, and what a check says about it
    JOURNEY_NAME = "J101"
    JOURNEY_UNREACHABLE = "J102"
    ACCEPTED_EXPIRED = "J103"
    JOURNEY_SYNTAX = "J104"
    JOURNEY_KEY = "J105"
    JOURNEY_VALUE = "J106"
    JOURNEY_MISSING = "J107"
    JOURNEY_DUPLICATE = "J108"
    JOURNEY_QUOTES = "J109"
    JOURNEY_CONFLICT = "J110"
    JOURNEY_TOO_LARGE = "J111"
    JOURNEY_MODEL = "J112"
    STEP_ABSENT = "J113"
    ACCEPTED_UNUSED = "J114"
    BASELINE_MISSING = "J115"
    BASELINE_FORMAT = "J116"
    MODEL_POOL = "J117"
    MODEL_READ = "J118"
    # D1xx, D2xx, G1xx: what expectations and deviations are about
    DROP_OFF = "D101"
    REACHED = "D102"
    SKIPPED = "D201"
    UNEXPECTED = "D202"
    OUT_OF_ORDER = "D203"
    REPEATED = "D204"
    LATE = "D205"
    WRONG_CHANNEL = "D206"
    SWAPPED = "D207"
    REPLACED = "D208"
    ABANDONED = "D209"
    EARLY = "D210"
    FAILED = "D211"
    AVOIDABLE_CONTACT = "D301"
    GOAL_RATE = "G101"
    FITNESS = "G102"
    FITTING = "G103"
    # P1xx: privacy
    KEY_MISSING = "P101"
    KEY_UNSAFE = "P102"
    TOO_FEW_CUSTOMERS = "P103"
    LOOKS_PERSONAL = "P104"
    TOKEN_CLASH = "P105"
    CIVIL_NUMBERS = "P106"
    IDENTIFIER_KEPT = "P107"
    PRIVACY_UNDECLARED = "P108"
    NOT_PURGED = "P109"
    NOTICE_TOO_LONG = "P110"
    # C1xx: configuration; U1xx: usage; O1xx: output; X: internal
    CONFIG_SYNTAX = "C101"
    CONFIG_VALUE = "C102"
    CONFIG_NOTHING = "C103"
    USAGE = "U101"
    RESULT_FORMAT = "U102"
    NAME_ABSENT = "U103"
    OUTPUT_FAILED = "O101"
    OUTPUT_EXISTS = "O102"
    PICTURE_FAILED = "O103"
    INTERNAL = "X101"

    @property
    def is_about_data(self) -> bool:
        """Whether its notes are about what was read and loaded, whatever is then asked of it.

        >>> Code.DATES_ONLY.is_about_data, Code.RULES_IGNORED.is_about_data
        (True, False)
        """
        return self in _ABOUT_DATA


_ABOUT_DATA = frozenset(
    (
        Code.DUPLICATES_KEPT,
        Code.TIES,
        Code.ZONE_ASSUMED,
        Code.CLOCK_CHANGE,
        Code.PLACEHOLDER_IDS,
        Code.COLUMNS_DROPPED,
        Code.UNLINKED,
        Code.DATES_ONLY,
        Code.UNORDERED,
        Code.SNIFFED,
        Code.ROWS_FILTERED,
        Code.ROWS_REJECTED,
        Code.DUPLICATE_FILE,
        Code.CLASHES,
        Code.WEAK_IDENTIFIER,
        Code.THROW_AWAY_KEY,
        Code.NO_DIRECTION,
        Code.CONFIG_USED,
        Code.REDELIVERED,
        Code.CUT_OFF,
        Code.HUBS,
        Code.SHARED_DEVICES,
        Code.BIG_IDENTIFIER,
        Code.ZONE_NOT_USED,
        Code.NULS,
        Code.PURGED,
        Code.TIMES_FAR,
        Code.DATE_NOT_USED,
        Code.SHORT_IDENTIFIERS_KEPT,
    )
)

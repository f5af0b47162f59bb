"""What notes say: every sentence once in English, which is also what JSON and saved logs hold.

`{}` is the place of a name of a log or a file, `{*}` that of a count, a duration or other words.
The other languages have the same sentences, under the same names and with the same places, in
`reporters/languages/notes.*.toml`.
"""

from __future__ import annotations

from enum import Enum

from cjmine.codes import Code
from cjmine.errors import Note
from cjmine.places import filled, written


class Written(Enum):
    """Sentences, each with the code of its notes; a code may have several."""

    @property
    def code(self) -> Code:
        """The code of its notes."""
        code: Code = self.value[0]
        return code

    @property
    def text(self) -> str:
        """The sentence with its places."""
        text: str = self.value[1]
        return text

    def note(self, *said: str | int) -> Note:
        """A note that says what comes in the places, in their order.

        >>> Sentence.REJECTED.note(1200, "web 1,200").text
        'records rejected: 1,200 (web 1,200)'
        """
        return Note(self.code, filled(self.text, [written(one) for one in said]))


class Sentence(Written):
    """What notes say of a log, of a comparison with an ideal, and of two sides."""

    # What was read
    DATABASE_UNTRIED = Code.DATABASE_UNTRIED, "{}: {} was never tried for real (unverified)"
    NUL_BYTES = Code.NULS, "{}: NUL bytes are passed over: {*}"
    EXPORT_ZONE = Code.ZONE_NOT_USED, "{}: the export states another zone; {} is used"
    COLUMN_ZONE = Code.ZONE_NOT_USED, '{}: "{}" states another zone than --tz; {} is used'
    DECLARED_ZONES = Code.ZONE_NOT_USED, "--tz is for sources that declare no zone; declared: {*}"
    SHORT_VALUE = (
        Code.SHORT_IDENTIFIERS_KEPT,
        "1 distinct value of {} equal an identifier of this load of fewer than {*} signs;"
        " look whether they are labels",
    )
    SHORT_VALUES = (
        Code.SHORT_IDENTIFIERS_KEPT,
        "{*} distinct values of {} equal an identifier of this load of fewer than {*} signs;"
        " look whether they are labels",
    )
    READ_AS = Code.CONFIG_USED, "read as {} says"
    PURGED = (
        Code.PURGED,
        "events from before {} were removed: they are kept for {*} days;"
        " journeys that began before are known in part",
    )
    FILES_NOT_READ = Code.SNIFFED, "not read: {*}"
    TAKEN_FOR = Code.SNIFFED, "{*}: {*}; {*}"
    LOOKS_CUT_OFF = Code.CUT_OFF, "{*}: {*}"
    COLUMNS_NOT_READ = Code.COLUMNS_DROPPED, "{*}: not read: {*}"
    ONE_BIG_IDENTIFIER = (
        Code.BIG_IDENTIFIER,
        "one identifier holds {*} of all events, over 100 times what the median customer has;"
        ' if it stands for no customer, say so in cjmine.toml: nobody = ["…"]',
    )
    BIG_IDENTIFIERS = (
        Code.BIG_IDENTIFIER,
        "{*} identifiers hold {*} of all events, over 100 times what the median customer has;"
        ' if they stand for no customer, say so in cjmine.toml: nobody = ["…"]',
    )
    READ_AS_UTC = Code.ZONE_ASSUMED, "times without a zone are read as UTC ({*})"
    SKIPPED_HOUR = Code.CLOCK_CHANGE, "times in an hour that the clock skipped: {*} ({*})"
    DOUBLED_HOUR = Code.CLOCK_CHANGE, "times in an hour that the clock ran twice: {*} ({*})"
    REDATED = (
        Code.DATE_NOT_USED,
        "mails whose Date cannot be right, at the time of their arrival: {*} ({*})",
    )
    FAR_TIMES = (
        Code.TIMES_FAR,
        "events years away from all others, or on a day that stands for none, such as"
        " 1970-01-01: {*} ({*})",
    )
    DAYS_ONLY = Code.DATES_ONLY, "events with a date only: {*} ({*})"
    PLACEHOLDERS = (
        Code.PLACEHOLDER_IDS,
        "records that say NA, unknown or the like where an identifier should be: {*} ({*})",
    )
    PLACEHOLDER_NUMBERS = (
        Code.PLACEHOLDER_IDS,
        "records whose identifier is a number such as 0, 999999 or 12345 that stands for no"
        " customer (nobody = [] in cjmine.toml keeps them): {*} ({*})",
    )
    LEFT_OUT = Code.ROWS_FILTERED, "records left out: {*}: {*} ({*})"
    REJECTED = Code.ROWS_REJECTED, "records rejected: {*} ({*})"
    COPIES = Code.REDELIVERED, "redelivered copies of records, left out: {*} ({*})"
    WITHOUT_ID = Code.REDELIVERED, "records without an id, each one of its own: {*} ({*})"
    PUT_IN_ORDER = (
        Code.UNORDERED,
        "events that stood behind a later one, put in order: {*} ({*})",
    )
    BY_ADDRESS = (
        Code.WEAK_IDENTIFIER,
        "customers are told apart by network address: a household or an office looks like one"
        " customer ({*})",
    )
    NOT_LINKED = (
        Code.UNLINKED,
        "events of identifiers that nothing links to a customer, each a customer of its own:"
        " {*} ({*})",
    )
    OF_SEVERAL = Code.CLASHES, "identifiers of several customers, linked to none: {*}"
    OF_TOO_MANY = Code.HUBS, "identifiers of too many customers, linked to none: {*}"
    IN_TURN = Code.SHARED_DEVICES, "devices of several customers in turn: {*}"
    SAME_FILE = Code.DUPLICATE_FILE, "a copy of another file, left out ({*})"
    NOTHING_NEW = Code.DUPLICATE_FILE, "nothing has come since the last delivery: {*}"
    OTHER_CONTENT = Code.DUPLICATE_FILE, "new content; rows in both count twice ({*}; delivery {*})"
    HAD_BEFORE = Code.DUPLICATE_FILE, "in the log already, left out ({*}; delivery {*})"

    # Events and journeys
    NOT_SEEN = Code.UNSEEN, "events after the end of observation, not seen: {*}"
    SAME_TIME = (
        Code.TIES,
        "journeys with events at the same time, kept in the order of the source: {*}",
    )
    EQUAL = (
        Code.DUPLICATES_KEPT,
        "events equal to another in everything that is kept, all counted: {*}",
    )
    ENTRY = (
        Code.ENTRY_CUT,
        "set aside by the entry: journeys without it {*}, events before it {*}",
    )
    SURVEYS_ALONE = (
        Code.ANSWERS_UNPLACED,
        "surveys before anything else of their customer, in no journey: {*}",
    )
    CHOSEN = Code.JOURNEYS_CHOSEN, "journeys set aside by filters: {*}"
    BY_OUTCOME = (
        Code.CHOSEN_BY_OUTCOME,
        "journeys are chosen by what they did: shares are about the chosen",
    )
    NO_SUCH_GOAL = Code.GOAL_ABSENT, 'no {*} is "{}"; {*}'
    CASES_KEPT = (
        Code.RULES_IGNORED,
        "the log came with its cases; rules that cut journeys do not apply",
    )
    ALL_UNLIKE = (
        Code.UNLIKE,
        "journeys: {*}, variants: {*}; almost every journey is unlike every other. Cut them"
        " shorter: by {*}; or name fewer touchpoints",
    )

    # How journeys are judged
    OTHER_DEADLINE = (
        Code.DEADLINE_OTHER,
        "the deadline is {*} as asked for, not {*} as the journey file says",
    )
    NOBODY_REACHED = (
        Code.DEADLINE_ASSUMED,
        "no deadline is declared, and no journey reached the goal: {*} count as open",
    )
    ASSUMED_TIME = (
        Code.DEADLINE_ASSUMED,
        "no deadline is declared: journeys are judged by their first {*} (99 of 100 that reached"
        " the goal were as fast){*}",
    )
    TOO_LATE = (
        Code.AFTER_FULL_TIME,
        "events after the full time of their journeys, set aside: {*}",
    )
    TOO_LATE_GOALS = (
        Code.AFTER_FULL_TIME,
        "events after the full time of their journeys, set aside: {*}; journeys that reached the"
        " goal then: {*}",
    )
    TAILS = (
        Code.MAY_BE_TAILS,
        "journeys that begin less than a gap after the first event, and may be the rest of"
        " earlier ones: {*}; --observed-from leaves them out",
    )
    TOO_SHORT = (
        Code.NOBODY_COUNTED,
        "a journey has {*} and the log spans {*}: nobody has had them; from {} the first can be"
        " judged{*}; until then {*} are under way{*}",
    )

    # The comparison
    WITHOUT_SURVEYS = (
        Code.TAKEN_OUT,
        "not compared with the ideal: allowed touchpoints {*}, exits {*}, surveys {*}",
    )
    NOT_COMPARED = (
        Code.TAKEN_OUT,
        "not compared with the ideal: allowed touchpoints {*}, exits {*}",
    )
    NOBODY_AT_STEP = Code.STEP_ABSENT, 'no event is "{}": nobody can reach it{*}'
    NO_CHANNELS = (
        Code.CHANNEL_UNKNOWN,
        "the log does not tell the channel of its events; wrong channels cannot be counted",
    )
    NO_COLUMN = (
        Code.COLUMN_ABSENT,
        '"{}" looks for failures in the column "{}", which the log does not have{*}',
    )
    EXPIRED = (
        Code.ACCEPTED_EXPIRED,
        "line {}: {*} was accepted until {}; the log goes on after that, so it counts again",
    )
    UNUSED = Code.ACCEPTED_UNUSED, "line {}: {*} is accepted, but no journey has it"
    NO_BASELINE = (
        Code.BASELINE_MISSING,
        "expectations that are compared with a baseline: {*}; without --baseline they cannot be"
        " decided",
    )
    OTHER_JOURNEY = Code.BASELINE_DIFFERS, "the baseline is of a journey with another name"
    OTHER_FILTERS = Code.BASELINE_DIFFERS, "the baseline is about journeys of other filters"
    OTHER_GROUPS = (
        Code.BASELINE_DIFFERS,
        "the baseline shows groups from {*} customers, this check from {*}",
    )
    RULES_UNUSED = (
        Code.RULES_IGNORED,
        "the log came with its cases; the rules under case: do not apply",
    )
    OUTSIDE_SCALE = Code.OFF_SCALE, "{} has no score: answers outside {*} to {*}: {*}"
    NO_SCALE = (
        Code.SCALE_ASSUMED,
        "no scale is declared for {}, so {} is assumed; answers: {*}",
    )
    ASKED_BEFORE = (
        Code.ANSWERS_UNPLACED,
        "{} was asked before any step, where it has no score; answers: {*}",
    )
    EQUALLY_CHEAP = (
        Code.RANGES,
        "alignments are equally cheap: what is left out or extra depends on the one shown,"
        " between certain and possible",
    )

    # Curves of ends
    NO_TIMING_OUT = (
        Code.NOTHING_TIMES_OUT,
        "no deadline is declared: nothing times out, and journeys are followed to the end",
    )
    BEGAN_BEFORE = (
        Code.LEFT_CUT,
        "journeys that began before the log observes, in no curve: {*}",
    )
    NOT_SO_LONG = (
        Code.FOLLOWED_SHORTER,
        "no journey was followed long enough for a time that is asked for",
    )

    # A process model as the ideal
    MODEL_GOAL = Code.GOAL_ASSUMED, "a process model names no goal; its last steps are: {*}"
    MODEL_REMARK = Code.MODEL_READ, "{*}"
    MORE_REMARKS = Code.MODEL_READ, "and {*} more remarks on the model"

    # What a comparison can say
    STILL_RUNNING = Code.STILL_RUNNING, "the experiment runs until {*}: no verdict before that"
    ARMS_STOP = Code.SAMPLE_RATIO, "no verdict: the arms have other customers than planned"
    ARMS_WARNED = Code.SAMPLE_RATIO, "the arms hardly have as many customers as planned"
    ARMS_CAUSES = (
        Code.SAMPLE_RATIO,
        "likely causes: a redirect, crash or slow page in one arm, bots, an arm that began later"
        " or was stopped, a column that one arm alone writes, filters that depend on the arm",
    )
    BEFORE_AFTER = (
        Code.BEFORE_AFTER,
        "whatever else differs between the two times is in the difference too; --control compares"
        " with journeys that the change does not reach",
    )
    OTHER_CUSTOMERS = (
        Code.OTHER_CUSTOMERS,
        "the sides may hold other customers, who would differ anyhow; only an experiment says"
        " what causes a difference",
    )
    UNEQUAL_WEEKDAYS = Code.UNEQUAL_WEEKDAYS, "a side is no full weeks: other shares of weekdays"
    JUDGED_AS_NOW = Code.JUDGED_AS_NOW, "journeys are cut and judged as the present ideal says"
    CUSTOMERS_OF_TWO_LOGS = Code.TWO_LOGS, "a customer of both logs counts as two: wide intervals"
    # What may be shown
    DASHES = Code.WITHHELD, "{*} is a figure that would tell about fewer than {*} customers"
    SMALLEST_GROUP = (
        Code.SMALL_GROUPS_SHOWN,
        "the smallest group shown has {*} (usual: {*} customers); keep this result inside",
    )
    ROUNDED = (
        Code.RELEASED,
        "counts are rounded to multiples of {*} before shares are computed, so sums may differ;"
        " counts of fewer than {*} customers are withheld",
    )

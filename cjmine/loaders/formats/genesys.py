"""Genesys Cloud conversation details: pages of conversations, or one conversation a line.

The vendor's field list: Analytics API, conversation detail query (AnalyticsConversation). A
conversation has participants, these have sessions, and these have segments: what the customer met
is the menu, waiting, being answered, being handed on, and the reason that the agent noted.
"""

from __future__ import annotations

from cjmine.loaders.connections import quote_text
from cjmine.loaders.preset_sql import moment, moments
from cjmine.loaders.presets import Known, Preset, PresetLoader
from cjmine.loaders.records import JsonFields
from cjmine.loaders.survey import label_sql
from cjmine.scales import Scale
from cjmine.sources import Kind

_TEXT = "VARCHAR"
_SEGMENT = dict.fromkeys(
    ("segmentStart", "segmentEnd", "queueId", "disconnectType", "segmentType", "wrapUpCode"), _TEXT
)
_SESSION = {
    **dict.fromkeys(
        (
            *("mediaType", "direction", "ani", "dnis", "addressFrom", "addressTo", "addressOther"),
            *("journeyCustomerId", "journeyCustomerIdType"),
        ),
        _TEXT,
    ),
    "callbackNumbers": [_TEXT],
    "flow": {"flowName": _TEXT},
    "segments": [_SEGMENT],
}
_STRUCTURE = {
    "conversationId": _TEXT,
    "conversationStart": _TEXT,
    "conversationEnd": _TEXT,
    "originatingDirection": _TEXT,
    "participants": [
        {"purpose": _TEXT, "externalContactId": _TEXT, "sessions": [_SESSION]},
    ],
    "surveys": [{"surveyPromoterScore": _TEXT, "surveyCompletedDate": _TEXT}],
}

# Every session, and every segment, with what its surroundings say of it.
_SESSIONS = (
    "coalesce(flatten(list_transform(r.participants, lambda p: list_transform(p.sessions, lambda s:"
    " struct_pack(purpose := p.purpose, media := s.mediaType, direction := s.direction,"
    " ani := s.ani, dnis := s.dnis, numbers := s.callbackNumbers, mail_from := s.addressFrom,"
    " mail_to := s.addressTo, mail_other := s.addressOther, cookie := s.journeyCustomerId,"
    " cookie_type := s.journeyCustomerIdType, flow := s.flow.flowName, segments := s.segments)))),"
    " [])"
)
_SEGMENTS = (
    "flatten(list_transform(sessions, lambda s: list_transform(s.segments, lambda g:"
    " struct_pack(purpose := s.purpose, media := s.media, flow := s.flow, type := g.segmentType,"
    " start := g.segmentStart, stop := g.segmentEnd, queue := g.queueId,"
    " ended := g.disconnectType, code := g.wrapUpCode))))"
)
_COMPUTED = f"""{_SESSIONS} AS sessions,
    list_filter(coalesce({_SEGMENTS}, []), lambda g: g.start IS NOT NULL) AS segments,
    coalesce(sessions[1].media, 'voice') AS media,
    CASE media WHEN 'voice' THEN 'Call' WHEN 'email' THEN 'Mail'
         ELSE upper(media[1]) || media[2:] END AS kind,
    list_sort(list_transform(list_filter(segments, lambda g: g.purpose IN ('agent', 'user')
        AND g.type = 'interact'), lambda g: g.start)) AS answers,
    r.originatingDirection = 'outbound' AS outward"""


def _first_of(purpose: str) -> str:
    """The segments of a purpose in which the customer was there, as a list."""
    return f"list_filter(segments, lambda g: g.purpose = '{purpose}' AND g.type <> 'wrapup')"


def _each(segments: str, label: str, stamp: str, when: str = "true") -> str:
    return f"list_transform({segments}, lambda g: {moment(label, stamp, when)})"


_CALLED = "CASE WHEN outward THEN 'Called by us' ELSE concat(kind, ' started') END"
_WAITING = f"list_filter({_first_of('acd')}, lambda g: g.queue IS NOT NULL)"
_WAITED = f"({_WAITING})[1:1]"
_LAST_WAIT = f"({_WAITING})[-1:]"
_ANSWERED = (
    "list_filter(segments, lambda g: g.purpose IN ('agent', 'user') AND g.type = 'interact')"
)
_UNANSWERED = "len(answers) = 0 AND coalesce(g.ended, '') NOT LIKE '%transfer%'"
_SCORE = "TRY_CAST(s.surveyPromoterScore AS INT)"
_ANSWER = moment(
    label_sql(Scale.NPS, _SCORE), "s.surveyCompletedDate", score=_SCORE, scale=quote_text(Scale.NPS)
)
_MOMENTS = " || ".join(
    (
        moments(moment(_CALLED, "r.conversationStart")),
        _each(
            f"({_first_of('ivr')})[1:1]", "concat(kind, ' menu', coalesce(': ' || g.flow, ''))",
            "g.start",
        ),
        _each(
            _WAITED, "concat(kind, ' waiting', coalesce(': ' || g.queue, ''))", "g.start",
            "NOT coalesce(outward, false) AND media <> 'callback'",
        ),
        _each(
            _ANSWERED,
            "concat(kind, CASE WHEN g.start = answers[1] THEN ' answered' ELSE ' transferred' END,"
            " coalesce(': ' || g.queue, ''))",
            "g.start",
        ),
        _each(
            _LAST_WAIT,
            "concat(kind, ' abandoned while waiting', coalesce(': ' || g.queue, ''))",
            "g.stop",
            _UNANSWERED,
        ),
        _each(
            "list_filter(segments, lambda g: g.code IS NOT NULL)",
            "concat(kind, ' reason: ', g.code)",
            "g.start",
        ),
        f"coalesce(list_transform(r.surveys, lambda s: {_ANSWER}), [])",
    )
)  # fmt: skip

_OF_CUSTOMER = "list_filter(sessions, lambda s: s.purpose IN ('customer', 'external'))"
_NUMBER = (
    "coalesce("
    f"({_OF_CUSTOMER})[1].numbers[1],"
    f" CASE WHEN outward THEN ({_OF_CUSTOMER})[1].dnis ELSE ({_OF_CUSTOMER})[1].ani END,"
    " (list_filter(sessions, lambda s: s.purpose IN ('ivr', 'acd') AND s.direction = 'inbound'"
    " AND s.ani IS NOT NULL))[1].ani)"
)
_ADDRESS = (
    f"coalesce(({_OF_CUSTOMER})[1].mail_other,"
    f" CASE WHEN outward THEN ({_OF_CUSTOMER})[1].mail_to ELSE ({_OF_CUSTOMER})[1].mail_from END)"
)
_COOKIE = "(list_filter(sessions, lambda s: s.cookie_type = 'cookie'))[1].cookie"
_CONTACT = (
    "'genesys:' || (list_filter(r.participants, lambda p: p.externalContactId IS NOT NULL))[1]"
    ".externalContactId"
)

LOADER = PresetLoader(
    Preset(
        name="genesys",
        title="Genesys Cloud conversation details",
        fields=JsonFields(
            _STRUCTURE, ("conversationId", "conversationStart", "participants"), "conversations"
        ),
        customer=(
            Known("ani", Kind.PHONE, _NUMBER),
            Known("address", Kind.EMAIL, _ADDRESS, linked=True),
            Known("journeyCustomerId", Kind.COOKIE, _COOKIE, linked=True),
            Known("externalContactId", Kind.USER, _CONTACT, linked=True),
        ),
        activity="started, menu, waiting, answered, abandoned while waiting, transferred, reason",
        moments=_MOMENTS,
        channel_sql=(
            "CASE media WHEN 'voice' THEN 'call' WHEN 'callback' THEN 'call'"
            " WHEN 'email' THEN 'mail' ELSE media END"
        ),
        computed=_COMPUTED,
        has_answers=True,
        delivery="r.conversationId",
        version="len(segments)",
        dropped=("agents", "notes of agents", "subjects", "names of participants", "recordings"),
    )
)

"""Names by which columns are recognised, in English and Dutch; the plainest first.

Compared in lower case, with every kind of gap as one blank.
"""

from __future__ import annotations

_WRITTEN = {
    "case": """
        case:concept:name, case id, caseid, case, case key, process, process instance id,
        process id, processinstanceid, short process instance id, trace, trace id,
        zaaknummer, zaak id
    """,
    "customer": """
        customer, customer id, customerid, customer number, user id, userid, user, client id,
        client, klant, klantnummer, klant id, relatienummer, visitor, visitor id, cookie,
        anonymous id, distinct id, user pseudo id, caller, caller id, ani, cli,
        telefoonnummer, telefoon, beller, phone, phone number, email, e mail, email address,
        e mailadres, member id, person id
    """,
    "activity": """
        concept:name, activity, activity name, activityname, activity en, event, event name,
        eventname, touchpoint, activiteit, handeling, gebeurtenis, action, step, stap,
        gespreksreden, wrap up code, afhandelcode, reden, reason, page, url, path, pagina,
        onderwerp
    """,
    "time": """
        time:timestamp, timestamp, time, datetime, date time, event time, eventtime,
        event timestamp, start, start time, starttime, start timestamp, started at, begin,
        begintijd, begin time, tijdstip, datumtijd, datum tijd, datum en tijd,
        date and time, created at, created,
        complete timestamp, eventtime, date, datum, ts
    """,
    "channel": """
        channel, kanaal, medium
    """,
}
NAMES: dict[str, list[str]] = {
    role: [" ".join(name.split()) for name in names.split(",")] for role, names in _WRITTEN.items()
}

"""Web logs and web analytics: the client, its address, and the page (A, G02, W)."""

from __future__ import annotations

from cases.case import Case

_W09 = "load access.json --customer ip --activity path"
_W10 = "load access.log --activity request.uri --customer request.client_ip"

WEB = (
    Case(
        "A01-matomo",
        "load visits.json",
        customers=1,
        activities={
            "/verhuizen": 1,
            "/#/stap/{id}": 1,
            "Goal: Klaar": 1,
            "Site search": 1,
            "Event: form / submit": 1,
            "Page without address": 1,
            "Outlink": 1,
        },
    ),
    Case("A01-matomo", "load error.json", status=3, codes=("L122",), hides=("access for the",)),
    Case(
        "G02-ga4-page-locations",
        "load events_20250304.json",
        customers=1,
        activities={
            "/verhuizen": 6,
            "page_view": 4,
            "/": 1,
            "/#/verhuizen/stap-1": 1,
            "/klant/{id}": 1,
            "/VERHUIZEN": 1,
        },
        hides=("jsessionid", "bakker", "C:"),
    ),
    *(
        Case(
            "W02-xff-unquoted-front",
            f"{verb} access.log",
            status=3,
            codes=("L122",),
            hides=("2001:db8", "64.252", "203.0.113", "/wiki", "May/2025"),
        )
        for verb in ("sniff", "load")
    ),
    Case(
        "W03-syslog-prefix",
        "load access.log",
        customers=2,
        activities={"/verhuizen": 1, "/adres": 2},
        account=(3, 3, 0, 0, 0),
    ),
    Case("W04-vhost-front", "load debian.log", customers=3, activities={"/kaart": 3}),
    Case("W04-vhost-front", "load noport.log", customers=3, activities={"/kaart": 3}),
    Case("W04-vhost-front", "load common.log", customers=3, activities={"/kaart": 3}),
    Case("W04-vhost-front", "load access.log", customers=2, account=(3, 3, 0, 0, 0)),
    Case(
        "W05-user-mail",
        "load --config cjmine.toml",
        customers=1,
        activities={"/users/{id}/{id}/authenticate": 1, "/klaar": 1},
        account=(3, 2, 0, 0, 1),
        hides=("bakker", "blargh"),
    ),
    Case(
        "W06-jsessionid",
        "load access.log",
        customers=4,
        activities={
            "/portaal/aanvraag.do": 3,
            "/mail/a.bakker": 1,
            "/bestelling.aspx": 1,
            "/winkel/{id}/kassa": 1,
        },
        hides=("session", "OI24", "9F3C", "lit3py", "PHPSESSID"),
    ),
    Case(
        "W07-path-escapes",
        "load access.log",
        customers=1,
        activities={
            "/files/Berlin-ABC_%86bersicht-Box": 1,
            "/s/Rub/Tpl~Epartner~SRss_~Ahomepage~E1.xml": 1,
            '/over\\"ons\\"': 1,
            "/café/menu": 3,
            "/contact": 2,
        },
        account=(9, 8, 0, 0, 1),
    ),
    Case("W09-nginx-json", "load access.json", status=3, codes=("L107",), says=("path, status",)),
    Case(
        "W09-nginx-json",
        _W09,
        customers=1,
        activities={"/verhuizen": 1, "/adres (error)": 1},
        account=(4, 2, 0, 0, 2),
        hides=("bakker",),
    ),
    Case("W08-jetty-double-blank", "load request.log", customers=2, account=(3, 3, 0, 0, 0)),
    Case("W10-caddy-json", "load access.log", status=3, codes=("L107",), says=("request.uri",)),
    Case(
        "W10-caddy-json",
        _W10,
        customers=2,
        activities={"/verhuizen": 1, "POST /adres": 1, "/klant/{id} (error)": 1},
        hides=("bakker", "123456"),
    ),
    Case(
        "W11-iis-xff-port",
        "load --config cjmine.toml",
        customers=2,
        activities={"/verhuizen": 1, "/adres": 2, "/klaar": 2},
        account=(6, 5, 0, 0, 1),
    ),
    *(
        Case("W12-iis-advanced", command, status=3, codes=("L122",), says=("Advanced Logging",))
        for command in ("sniff adv.log", "load adv.log", "load --config declared.toml")
    ),
    Case(
        "W13-iis-blank-in-query",
        "load u_ex151231.log",
        status=3,
        codes=("L115", "L120"),
        says=("u_ex151231.log:6",),
    ),
    Case(
        "W13-iis-blank-in-query",
        "load u_ex151231.log --max-rejects 1",
        customers=1,
        rejects=((6, "L115"),),
        account=(3, 2, 1, 0, 0),
    ),
)

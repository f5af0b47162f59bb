"""Web logs and web analytics: the client, its address, and the page (A, G02, W)."""

from __future__ import annotations

from cases.case import Case

WEB = (
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
    Case("W08-jetty-double-blank", "load request.log", customers=2, account=(3, 3, 0, 0, 0)),
    Case("W10-caddy-json", "load access.log", status=3, codes=("L107",), says=("request.uri",)),
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

"""Web logs and web analytics: the client, its address, and the page (A, G02, W)."""

from __future__ import annotations

from cases.case import Case

WEB = (
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

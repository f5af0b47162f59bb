"""BPMN and PNML as they are drawn (B01 to B08): 10 of the 30 journeys leave one step out."""

from __future__ import annotations

from cases.case import Case


def _check(folder: str, model: str, fitting: int, *says: str, log: str = "log.csv") -> Case:
    """A check whose JSON counts so many journeys as designed."""
    command = f"check {log} --ideal {model} --exit-zero -f json"
    return Case(folder, command, says=(f'"fitting": {fitting},', *says))


_POOLS = ('1 "Klant"', '2 "Bedrijf"', "--pool NAME")

MODELS = (
    _check("B01-pnml-no-page", "model.pnml", 30),
    _check("B02-pnml-no-final-marking", "model.pnml", 30, "it ends in its last place"),
    Case(
        "B02-pnml-no-final-marking",
        "check log.csv --ideal model.pnml --exit-zero",
        hides=("UserWarning", "site-packages", "final_marking"),
    ),
    _check("B03-pnml-invisible-label", "empty.pnml", 30),
    _check(
        "B03-pnml-invisible-label", "model.pnml", 30, '\\"INVISIBLE\\" is taken for a silent one'
    ),
    _check("B03-pnml-invisible-label", "tau.pnml", 30, '\\"tau from tree 5\\" is taken for'),
    _check("B03-pnml-invisible-label", "complete.pnml", 0, 'did you mean \\"Aanvraag\\"'),
    _check("B04-bpmn-flows-only", "plain.bpmn", 30),
    _check("B04-bpmn-flows-only", "model.bpmn", 10, "Beoor-deling"),
    _check("B05-bpmn-implicit-gateways", "parallel.bpmn", 20),
    _check("B05-bpmn-implicit-gateways", "seq.bpmn", 20),
    _check("B05-bpmn-implicit-gateways", "model.bpmn", 20),
    _check("B05-bpmn-implicit-gateways", "split.bpmn", 20),
    _check("B06-bpmn-pools", "n1-catch.bpmn", 10),
    _check("B06-bpmn-pools", "n2-sub.bpmn", 20),
    _check("B06-bpmn-pools", "n3-boundary.bpmn", 10, '"step": "Herinnering"'),
    _check("B06-bpmn-pools", "n4-data-lane.bpmn", 10),
    _check("B06-bpmn-pools", "n5-callactivity.bpmn", 20),
    _check("B06-bpmn-pools", "n6-msgthrow.bpmn", 30, "may have or not: Beoordeling"),
    _check("B06-bpmn-pools", "n7-incl.bpmn", 30),
    _check("B06-bpmn-pools", "n8-eventgw.bpmn", 10),
    Case(
        "B06-bpmn-pools",
        "check log.csv --ideal two.bpmn --exit-zero",
        status=2,
        codes=("J117",),
        says=_POOLS,
    ),
    _check("B06-bpmn-pools", "two.bpmn --pool Bedrijf", 10),
    _check("B06-bpmn-pools", "two.bpmn --pool 2", 10),
    _check("B07-bpmn-modelio-namespaces", "model.bpmn", 10),
    _check("B08-bpmn-names", "meter.bpmn", 30, log="log2.csv"),
    _check("B08-bpmn-names", "linebreak.bpmn", 0, "Beoor deling", "did you mean"),
    _check("B08-bpmn-names", "linebreak2.bpmn", 0, "Beoordeling van de aanvraag"),
    _check("B08-bpmn-names", "noname.bpmn", 10, 'the task \\"b\\" has no name'),
)

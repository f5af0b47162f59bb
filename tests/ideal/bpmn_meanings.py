"""What is drawn, and the traces that it means: BPMN element by element."""

from __future__ import annotations

from ideal.drawn import body, flows, nodes, within

SUB = within("startEvent s2; task b B; endEvent e2", "s2 > b > e2")
FAILING = within(
    "startEvent s2; task b B; exclusiveGateway g; endEvent e2; endEvent x :error",
    "s2 > b > g > e2, g > x",
)
TWO = within("startEvent s2; task b B; task c C; endEvent e2", "s2 > b > c > e2")


MEANINGS = {
    "a sequence": (body("task a A; task b B", "s > a > b > e"), {"A B"}),
    "every kind of task is a step": (
        body(
            "userTask a A; serviceTask b B; sendTask c C; receiveTask d D; manualTask f F",
            "s > a > b > c > d > f > e",
        ),
        {"A B C D F"},
    ),
    "rules, scripts and calls are steps": (
        body(
            "businessRuleTask a A; scriptTask b B; callActivity c C !calledElement=elsewhere",
            "s > a > b > c > e",
        ),
        {"A B C"},
    ),
    "a task without a name is passed over": (body("task a A; task b", "s > a > b > e"), {"A"}),
    "a name with line breaks": (
        body("task a A", "s > a > b > e") + '<task id="b" name="Pass&#10;on&#13;&#10; it"/>',
        {"A Pass on it"},
    ),
    "a hyphen at the end of a line": (
        body("task a A", "s > a > b > e") + '<task id="b" name="e-&#10;mail"/>',
        {"A e-mail"},
    ),
    "an exclusive gateway": (
        body(
            "exclusiveGateway g; task a A; task b B; exclusiveGateway h",
            "s > g > a > h > e, g > b > h",
        ),
        {"A", "B"},
    ),
    "a parallel gateway": (
        body(
            "parallelGateway g; task a A; task b B; parallelGateway h",
            "s > g > a > h > e, g > b > h",
        ),
        {"A B", "B A"},
    ),
    "an inclusive gateway takes any number, none too": (
        body(
            "task z Z; inclusiveGateway g; task a A; task b B; inclusiveGateway h",
            "s > z > g > a > h > e, g > b > h",
        ),
        {"Z", "Z A", "Z B", "Z A B", "Z B A"},
    ),
    "an inclusive gateway with a default": (
        body(
            "inclusiveGateway g !default=g-c; task a A; task b B; task c C; inclusiveGateway h",
            "s > g ? a > h > e, g ? b > h, g > c > h",
        ),
        {"A", "B", "A B", "B A", "C"},
    ),
    "an inclusive join does not wait for what cannot come": (
        body(
            "exclusiveGateway g; task a A; task b B; inclusiveGateway h; task k K",
            "s > g > a > h > k > e, g > b > h",
        ),
        {"A K", "B K"},
    ),
    "a complex gateway is read as an inclusive one": (
        body(
            "complexGateway g; task a A; task b B; complexGateway h; task k K",
            "s > g > a > h > k > e, g > b > h",
        ),
        {"K", "A K", "B K", "A B K", "B A K"},
    ),
    "an event gateway takes one": (
        body(
            "task a A; eventBasedGateway g; intermediateCatchEvent c Brief :message;"
            " intermediateCatchEvent d later :timer; task k K",
            "s > a > g > c > k > e, g > d > k",
        ),
        {"A K", "A Brief K"},
    ),
    "an uncontrolled split takes all": (
        body("task a A; task b B; task c C; endEvent f", "s > a > b > e, a > c > f"),
        {"A B C", "A C B"},
    ),
    "an uncontrolled merge does not wait": (
        body("exclusiveGateway g; task a A; task b B; task k K", "s > g > a > k > e, g > b > k"),
        {"A K", "B K"},
    ),
    "a conditional flow beside an unconditional one": (
        body("task a A; task b B; task c C; endEvent f", "s > a > b > e, a ? c > f"),
        {"A B", "A B C", "A C B"},
    ),
    "conditional flows with a default": (
        body(
            "task a A !default=a-d; task b B; task c C; task d D",
            "s > a ? b > e, a ? c > e, a > d > e",
        ),
        {"A B", "A C", "A B C", "A C B", "A D"},
    ),
    "no start and no end event": (
        within("task a A; task b B", "a > b"),
        {"A B"},
    ),
    "without a start event all begin that nothing leads to": (
        within("task a A; task b B; parallelGateway g; task k K", "a > g, b > g, g > k"),
        {"A B K", "B A K"},
    ),
    "one of several start events begins": (
        body("startEvent t :timer; task a A; task b B", "s > a > e, t > b > e"),
        {"A", "B"},
    ),
    "a receive task that instantiates begins": (
        within("receiveTask a A !instantiate=true; task b B; endEvent x", "a > b > x"),
        {"A B"},
    ),
    "timers, conditions and links are silent": (
        body(
            "task a A; intermediateCatchEvent t wait :timer; intermediateCatchEvent u sun"
            " :conditional; intermediateThrowEvent l on :link; intermediateCatchEvent m on :link;"
            " task k K",
            "s > a > t > u > l, m > k > e",
        ),
        {"A K"},
    ),
    "messages and milestones may be seen": (
        body(
            "task a A; intermediateThrowEvent t Mail :message; intermediateThrowEvent m Half",
            "s > a > t > m > e",
        ),
        {"A", "A Mail", "A Half", "A Mail Half"},
    ),
    "a message starts and ends it": (
        nodes("startEvent q Order :message; task a A; endEvent r Receipt :message")
        + flows("q > a > r"),
        {"A", "Order A", "A Receipt", "Order A Receipt"},
    ),
    "a sub-process is entered": (
        body(f"task a A; subProcess p Deep {SUB}; task k K", "s > a > p > k > e"),
        {"A B K"},
    ),
    "a sub-process drawn closed is a step": (
        body("task a A; subProcess p Deep", "s > a > p > e"),
        {"A Deep"},
    ),
    "a sub-process waits for all in it": (
        body(f"subProcess p {within('task b B; task c C', '')}; task k K", "s > p > k > e"),
        {"B C K", "C B K"},
    ),
    "a transaction is a sub-process": (
        body(f"transaction p {SUB}; task k K", "s > p > k > e"),
        {"B K"},
    ),
    "an ad-hoc sub-process in any order, any number of times": (
        body(f"task a A; adHocSubProcess p {within('task b B; task c C', '')}", "s > a > p > e"),
        {"A", "A B", "A C", "A B B", "A B C", "A C B", "A C C"},
    ),
    "flows in an ad-hoc sub-process": (
        body(
            f"task a A; adHocSubProcess p {within('task b B; task c C', 'b > c')}", "s > a > p > e"
        ),
        {"A", "A B C"},
    ),
    "a loop is once or more": (
        body("task a A <standardLoopCharacteristics/>; task k K", "s > a > k > e"),
        {"A K", "A A K"},
    ),
    "a loop that tests before": (
        body(
            'task a A <standardLoopCharacteristics testBefore="true"/>; task k K', "s > a > k > e"
        ),
        {"K", "A K", "A A K"},
    ),
    "several instances of a sub-process": (
        body(f"subProcess p {SUB}<multiInstanceLoopCharacteristics/>; task k K", "s > p > k > e"),
        {"B K", "B B K"},
    ),
    "a terminating end ends all": (
        body(
            "parallelGateway g; task a A; task b B; endEvent t :terminate",
            "s > g > a > e, g > b > t",
        ),
        {"A B", "B A", "B"},
    ),
    "a terminating end in a sub-process ends that": (
        body(
            f"subProcess p {within('task b B; task c C; endEvent t :terminate', 'b > t')}; task k K",
            "s > p > k > e",
        ),
        {"B K", "B C K", "C B K"},
    ),
    "a boundary event that interrupts comes instead of the task": (
        body(
            "task a A; boundaryEvent w @a :timer; task x X; task k K; endEvent f",
            "s > a > k > e, w > x > f",
        ),
        {"A K", "X"},
    ),
    "a boundary event that does not interrupt comes at most once beside it": (
        body(
            "task a A; boundaryEvent w @a ~ :timer; task x X; task k K; endEvent f",
            "s > a > k > e, w > x > f",
        ),
        {"A K", "A K X", "A X K", "X A K"},
    ),
    "a boundary event on a sub-process": (
        body(
            f"subProcess p {TWO}; boundaryEvent w @p :timer; task x X; task k K",
            "s > p > k > e, w > x > e",
        ),
        {"B C K", "X", "B X", "B C X"},
    ),
    "an error is thrown and caught": (
        body(
            f"subProcess p {FAILING}; boundaryEvent w @p :error; task r X; task k K",
            "s > p > k > e, w > r > e",
        ),
        {"B K", "B X"},
    ),
    "an error that nothing catches ends all": (
        body(f"subProcess p {FAILING}; task k K", "s > p > k > e"),
        {"B K", "B"},
    ),
    "a transaction is cancelled": (
        body(
            f"transaction p {FAILING.replace('error', 'cancel')}; boundaryEvent w @p :cancel;"
            " task r X; task k K",
            "s > p > k > e, w > r > e",
        ),
        {"B K", "B X"},
    ),
    "an event sub-process that interrupts": (
        body(
            "task a A; task k K; subProcess q !triggeredByEvent=true"
            f" {within('startEvent t :message; task x X', 't > x')}",
            "s > a > k > e",
        ),
        {"A K", "X", "A X", "A K X"},
    ),
    "an event sub-process that does not interrupt": (
        body(
            "task a A; subProcess q !triggeredByEvent=true"
            f" {within('startEvent t ~ :timer; task x X', 't > x')}",
            "s > a > e",
        ),
        {"A", "A X", "X A"},
    ),
    "an event sub-process catches an error": (
        within(
            "startEvent s; task a A; endEvent f :error; subProcess q !triggeredByEvent=true"
            f" {within('startEvent t :error; task x X', 't > x')}",
            "s > a > f",
        ),
        {"A X"},
    ),
    "compensation is left out": (
        body(
            "task a A; boundaryEvent w @a :compensate; task u Undo !isForCompensation=true;"
            " intermediateThrowEvent t :compensate",
            "s > a > t > e",
        ),
        {"A"},
    ),
    "what nothing leads to is left out": (
        body("task a A; task b B", "s > a > e"),
        {"A"},
    ),
    "lanes, data and notes say nothing": (
        '<laneSet><lane id="l"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
        '<dataObject id="d"/><dataObjectReference id="r" dataObjectRef="d"/>'
        '<textAnnotation id="n"><text>note</text></textAnnotation>'
        '<association id="o" sourceRef="a" targetRef="n"/><group id="g"/>'
        + body("task a A", "s > a > e"),
        {"A"},
    ),
    "a loop back through a gateway": (
        body(
            "exclusiveGateway m; task a A; exclusiveGateway g; task b B",
            "s > m > a > g > e, g > b > m",
        ),
        {"A", "A B A"},
    ),
}

"""The portfolio of the organisation: four journeys and a template on one life cycle."""

PORTFOLIO = """\
# yaml-language-server: $schema=../cjmine/portfolio/portfolio.schema.json
# All journeys of the invented energy supplier in this folder, on one life cycle.
lifecycle: [Orient, Change, Choose, Pay, Leave]
journeys:
  - journey: find-the-way.yaml
    phase: Orient
    owner: online
    review-by: 2026-12-31
  - journey: journey.yaml
    name: moving-house
    phase: Change
    owner: service-moving
    review-by: 2026-12-31
  - template: tell-us-online.yaml   # one journey file, counted apart for each fund
    phase: Change
    level: sub-journey
    parent: moving-house
    owner: online
    review-by: 2026-12-31
    for: {fund: [A, B, C]}
  - journey: contract.yaml
    phase: Choose
    level: sub-journey
    parent: moving-house
    owner: billing
    review-by: 2026-12-31
  - journey: final-bill.yaml
    phase: Pay
    level: sub-journey
    parent: moving-house
    owner: billing
    review-by: 2026-05-01
reasons:
  "Call: moving question": moving-house
  "Call: where is my confirmation": moving-house
  "Call: website does not work": moving-house
  "Call: bill question": final-bill
  Chat opened: find-the-way
  "Call: newsletter question": none yet
  Mail question: none yet
  Complaint: none yet
"""

FIND_THE_WAY = """\
# yaml-language-server: $schema=../cjmine/ideal/journey.schema.json
# A visitor of the home page finds the way to the own account.
journey: find-the-way
owner: online
purpose: everybody finds the right page at once
entry: Home page
goal: Log in
deadline: 14d
stages:
  - stage: Find out
    steps:
      - Home page
      - optional: FAQ page
      - optional: Rates page
      - Moving page
      - Log in
allow:                              # what comes after the goal is of other journeys
  [Moving checklist, New address, Moving date, Meter readings, Move summary, Submit move,
   Confirmation mail, Contract offer, Keep contract, New contract, Final bill mail, Newsletter]
expect:
  goal-rate: ">= 60%"
"""

CONTRACT = """\
# yaml-language-server: $schema=../cjmine/ideal/journey.schema.json
# A customer whose move is confirmed keeps the contract for the new address.
journey: contract
owner: billing
purpose: customers keep their contract at the new address
entry: Confirmation mail
goal: Keep contract
exits: [New contract]
deadline: 14d
stages:
  - stage: Choose
    steps:
      - step: Confirmation mail
        channel: mail
      - optional: Contract offer
      - Keep contract
allow: [Final bill mail, Invoice page, Newsletter]
expect:
  goal-rate: ">= 55%"
"""

FINAL_BILL = """\
# yaml-language-server: $schema=../cjmine/ideal/journey.schema.json
# A customer who has chosen a contract gets the final bill of the old address.
journey: final-bill
owner: billing
purpose: the bill comes within a week and raises no questions
entry: [Keep contract, New contract]
goal: Final bill mail
deadline: 14d
stages:
  - stage: Pay
    steps:
      - choice: [Keep contract, New contract]
      - step: Final bill mail
        channel: mail
        within: 7d
        expect:
          late: "<= 10%"
allow: [Invoice page, Newsletter]
friction:
  - "Call: bill question"
expect:
  goal-rate: ">= 90%"
unexpected:
  - touchpoint: "Call: bill question"
    expect: "<= 2%"
"""

TELL_US_ONLINE = """\
# yaml-language-server: $schema=../cjmine/ideal/journey.schema.json
# A customer who has logged in submits the move without help, at whichever fund.
journey: tell-us-online
owner: online
purpose: a move can be reported online without help
entry: Log in
goal: Submit move
deadline: 14d
stages:
  - stage: Tell us
    steps:
      - Log in
      - New address
      - Moving date
      - Meter readings
      - optional: Move summary
      - Submit move
allow:                              # what comes before and after is of other journeys
  [Home page, Moving page, Moving checklist, Move cancelled, Confirmation mail, Contract offer,
   Keep contract, New contract, Final bill mail, Invoice page, Newsletter]
expect:
  goal-rate: ">= 50%"
min-customers: 100                  # the smallest fund is judged too
"""

FILES = {
    "portfolio.yaml": PORTFOLIO,
    "find-the-way.yaml": FIND_THE_WAY,
    "contract.yaml": CONTRACT,
    "final-bill.yaml": FINAL_BILL,
    "tell-us-online.yaml": TELL_US_ONLINE,
}

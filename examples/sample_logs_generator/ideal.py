"""The ideal journey that the planted truths are compared with."""

JOURNEY = """\
# yaml-language-server: $schema=../cjmine/ideal/journey.schema.json
# The ideal journey of the invented energy supplier in this folder: a customer moves house.
journey: moving-house
owner: service-moving
purpose: fewer calls and fewer abandoned moves
entry: Moving page
goal: Final bill mail
exits: [Move cancelled]
deadline: 14d
stages:
  - stage: Find out
    steps:
      - Moving page
      - optional: Moving checklist
      - Log in
  - stage: Tell us
    steps:
      - New address
      - Moving date
      - step: Meter readings
        channel: web
        moment-of-truth: true
        expect:
          drop-off: "<= 12%"
          repeated: {is: "<= 15%", level: warn}
          wrong-channel: "<= 3%"
      - optional: Move summary
      - Submit move
  - stage: Settle
    steps:
      - step: Confirmation mail
        channel: mail
        within: {max: 24h, after: Submit move}
        moment-of-truth: true
        expect:
          drop-off: "<= 10%"
          late: "<= 5%"
      - optional: Contract offer
      - choice: [Keep contract, New contract]
      - step: Final bill mail
        channel: mail
allow: [Home page, Newsletter]
friction:
  - Complaint
  - "Submit move (error)"
  - "Call: website does not work"
  - "Call: where is my confirmation"
expect:
  goal-rate: ">= 40%"
  fitness: ">= 0.7"
unexpected:
  - touchpoint: "Submit move (error)"
    expect: "<= 1%"
  - touchpoint: "Call: where is my confirmation"
    between: [Submit move, Final bill mail]
    expect: {is: "<= 3%", level: warn}
accepted:
  - deviation: wrong-channel
    step: Meter readings
    because: readings are taken by phone until the app can take photos
    until: 2026-12-31
"""

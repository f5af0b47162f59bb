"""Headers of columns as exports have them, with the role of each and values that go with it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

ROWS = 20


@dataclass(frozen=True)
class Header:
    """A header, its role ("" for none), its language, and how its values are made."""

    name: str
    role: str
    language: str
    values: Callable[[random.Random], list[str]]


def again(make: Callable[[random.Random], str], distinct: int) -> Callable[..., list[str]]:
    """Twenty values, of which so many are distinct at most."""

    def values(chance: random.Random) -> list[str]:
        some = [make(chance) for _ in range(distinct)]
        return [chance.choice(some) for _ in range(ROWS)]

    return values


def of(*words: str) -> Callable[..., list[str]]:
    return lambda chance: [chance.choice(words) for _ in range(ROWS)]


number = again(lambda chance: str(chance.randint(100_000, 9_999_999)), 8)
short = again(lambda chance: str(chance.randint(11, 999)), 7)
code = again(lambda chance: f"{chance.choice('ABKP')}{chance.randint(1000, 99999)}", 8)
dashed = again(lambda chance: f"{chance.randint(10, 99)}-{chance.randint(1000, 9999)}", 9)
every = again(lambda chance: f"{chance.choice('XYZ')}-{chance.randint(10**6, 10**7)}", 200)
hashed = again(lambda chance: f"{chance.getrandbits(64):016x}", 8)
uuid = again(
    lambda chance: f"{chance.getrandbits(32):08x}-{chance.getrandbits(16):04x}-4aaa-9bbb-12", 8
)
person = again(
    lambda chance: f"{chance.choice('ABC')}. {chance.choice(['Jansen', 'Bakker', 'Muller'])}", 9
)
mail = again(lambda chance: f"p{chance.randint(1, 99)}@example.org", 9)
phone = again(lambda chance: f"06{chance.randint(10**7, 10**8 - 1)}", 9)
login = again(lambda chance: chance.choice("abcdef") + chance.choice(["smit", "lopez", "yang"]), 9)


def _moment(chance: random.Random, written: str) -> str:
    return written.format(
        y=2025, m=chance.randint(1, 12), d=chance.randint(13, 28), h=chance.randint(0, 23)
    )


def moments(written: str) -> Callable[..., list[str]]:
    return lambda chance: [_moment(chance, written) for _ in range(ROWS)]


iso = moments("{y}-{m:02}-{d:02}T{h:02}:11:05Z")
naive = moments("{y}-{m:02}-{d:02} {h:02}:11:05")
dutch = moments("{d:02}-{m:02}-{y} {h:02}:07")
german = moments("{d:02}.{m:02}.{y} {h:02}:07:33")
french = moments("{d:02}/{m:02}/{y} {h:02}:07")
day = moments("{y}-{m:02}-{d:02}")
day_dutch = moments("{d:02}-{m:02}-{y}")
day_german = moments("{d:02}.{m:02}.{y}")
epoch = again(lambda chance: str(1_740_000_000 + chance.randint(0, 10**7)), 200)
money = again(lambda chance: f"{chance.randint(1, 999)},{chance.randint(10, 99)}", 200)
small = again(lambda chance: str(chance.randint(0, 9)), 9)
years = again(lambda chance: str(chance.randint(18, 90)), 30)
zips = again(lambda chance: f"{chance.randint(1000, 9999)} {chance.choice('AB')}Z", 200)
flags = of("ja", "nee")
steps = of("Start", "Form sent", "Documents asked", "Paid", "Closed")
dutch_steps = of("Aanvraag ontvangen", "In behandeling", "Brief verzonden", "Afgerond", "Gebeld")
german_steps = of("Antrag erfasst", "Prüfung", "Rückfrage", "Bewilligt", "Abgelehnt")
french_steps = of("Demande reçue", "En cours", "Relance", "Acceptée", "Clôturée")
pages = of("/home", "/products", "/basket", "/checkout", "/contact")
reasons = of("address", "invoice", "complaint", "moving", "other")
states = of("open", "pending", "solved", "reopened")
channels = of("web", "phone", "mail", "shop")
places = of("North", "South", "East", "West")
people = of("Team A", "Team B", "Team C")
remarks = again(
    lambda chance: " ".join(
        chance.choice(["called", "back", "was", "angry", "about", "it"]) for _ in range(9)
    ),
    200,
)

_PLAIN = {
    "nl": {
        "id": [
            ("deelnemernummer", number), ("polisnummer", code), ("dossiernummer", dashed),
            ("relatienr", number), ("bezoeker", hashed), ("gebruiker", login),
            ("lidnummer", number), ("Klantnr.", short), ("klant_id", code), ("clientnummer", number),
            ("Cliëntnr", number), ("patiëntnummer", number), ("studentnummer", number),
            ("huurdernummer", code), ("Contractnummer", code), ("abonneenummer", number),
            ("verzekerdenr", number), ("sessie", hashed), ("sessie_id", uuid),
            ("debiteurnummer", number), ("rekeningnummer klant", number), ("e-mailadres", mail),
            ("telefoonnr", phone), ("gebruikers_id", number), ("burger_pseudoniem", hashed),
            ("Aansluitingsnummer", number),
        ],
        "activity": [
            ("status", dutch_steps), ("omschrijving", dutch_steps), ("contactreden", reasons),
            ("documentsoort", reasons), ("actie", dutch_steps), ("Handeling", dutch_steps),
            ("Processtap", dutch_steps), ("soort_gebeurtenis", dutch_steps), ("onderwerp", reasons),
            ("Activiteit omschrijving", dutch_steps), ("gespreksonderwerp", reasons),
            ("statusomschrijving", dutch_steps), ("taaknaam", dutch_steps),
        ],
        "time": [
            ("verzenddatum", day_dutch), ("contactdatum", day), ("aanmaakdatum", naive),
            ("tijdstip", dutch), ("Starttijd", dutch), ("datum_tijd", naive),
            ("Registratiedatum", day_dutch), ("ontvangen op", dutch), ("Ingangsdatum", day_dutch),
            ("gebeurtenis_tijd", naive),
        ],
        "": [
            ("bedrag", money), ("postcode", zips), ("regio", places), ("medewerker", people),
            ("Leeftijd", years), ("opmerking", remarks),
        ],
    },
    "en": {
        "id": [
            ("SessionId", uuid), ("session_id", hashed), ("user", login), ("MemberNo", number),
            ("Customer_Number", number), ("cust_id", code), ("Client ID", number),
            ("account_number", number), ("policy_no", code), ("patient_id", number),
            ("visitorId", hashed), ("ContactID", number), ("subscriber key", every),
            ("student no.", number), ("person_ref", code), ("HouseholdID", number), ("id", number),
            ("anonymousId", uuid), ("user.id", number), ("PartyID", number),
            ("Guest Number", code), ("email_address", mail), ("phone number", phone),
            ("device_id", uuid), ("UserPseudonym", hashed), ("loyalty card no", number),
            ("CUSTID", code), ("tenant ref", code),
        ],
        "activity": [
            ("action", steps), ("Status", steps), ("event_type", steps), ("Step Name", steps),
            ("type", steps), ("description", steps), ("Contact Reason", reasons),
            ("page_path", pages), ("EventDescription", steps), ("task", steps),
            ("interaction type", steps), ("Subject", reasons), ("stage", steps),
            ("Operation", steps),
        ],
        "time": [
            ("ContactDate", day), ("starting_date", day), ("created_on", naive), ("EventTime", iso),
            ("sent_at", iso), ("Date/Time", naive), ("occurred_at", iso), ("log_date", naive),
            ("start_ts", epoch), ("Entry Date", day), ("Timestamp (UTC)", naive),
        ],
        "": [
            ("amount", money), ("zip_code", zips), ("region", places), ("agent", people),
            ("age", years), ("comments", remarks), ("is_active", flags), ("browser", places),
        ],
    },
    "de": {
        "id": [
            ("Kundennummer", number), ("KdNr", number), ("Kunden-ID", code), ("Vertragsnummer", code),
            ("Versicherungsnr.", code), ("Mitgliedsnummer", number), ("Teilnehmernummer", number),
            ("Benutzer", login), ("BenutzerID", number), ("Sitzungs-ID", hashed),
            ("Besucherkennung", hashed), ("Patientennummer", number), ("Aktenzeichen", dashed),
            ("Kontonummer", number), ("Mieternummer", code), ("Nutzerkennung", hashed),
            ("Policennummer", code), ("Schülernummer", number), ("Personennr", number),
            ("Versichertennummer", code), ("E-Mail-Adresse", mail), ("Telefonnummer", phone),
            ("Debitorennummer", number), ("Interessenten-ID", code),
        ],
        "activity": [
            ("Aktivität", german_steps), ("Vorgangsart", german_steps), ("Ereignis", german_steps),
            ("Status", german_steps), ("Beschreibung", german_steps), ("Kontaktgrund", reasons),
            ("Prozessschritt", german_steps), ("Aktion", german_steps), ("Betreff", reasons),
            ("Bearbeitungsstatus", german_steps), ("Ereignistyp", german_steps),
            ("Dokumentart", reasons), ("Maßnahme", german_steps),
        ],
        "time": [
            ("Zeitstempel", german), ("Datum", day_german), ("Erstellungsdatum", german),
            ("Startzeit", german), ("Versanddatum", day_german), ("Eingangsdatum", day_german),
            ("Kontaktdatum", day), ("erstellt_am", naive), ("Ereigniszeit", german),
        ],
        "": [
            ("Betrag", money), ("PLZ", zips), ("Bundesland", places), ("Sachbearbeiter", people),
            ("Alter", years), ("Bemerkung", remarks),
        ],
    },
    "fr": {
        "id": [
            ("numéro client", number), ("id_client", code), ("N° adhérent", number),
            ("num_contrat", code), ("identifiant utilisateur", login), ("numero_dossier", dashed),
            ("n° de police", code), ("visiteur", hashed), ("id session", hashed),
            ("code abonné", code), ("numéro d'assuré", number), ("matricule", number),
            ("id_patient", number), ("n° allocataire", number), ("Code client", code),
            ("compte", number), ("courriel", mail), ("téléphone", phone), ("id usager", number),
            ("numéro locataire", code),
        ],
        "activity": [
            ("activité", french_steps), ("événement", french_steps), ("étape", french_steps),
            ("motif", reasons), ("statut", french_steps), ("libellé action", french_steps),
            ("type d'événement", french_steps), ("objet", reasons), ("état", french_steps),
            ("motif de contact", reasons), ("description", french_steps),
        ],
        "time": [
            ("date", french), ("horodatage", iso), ("date de création", french),
            ("date_evenement", naive), ("heure de début", french), ("date d'envoi", french),
            ("date de contact", day), ("date_saisie", naive),
        ],
        "": [
            ("montant", money), ("code postal", zips), ("région", places), ("conseiller", people),
            ("âge", years), ("commentaire", remarks),
        ],
    },
}  # fmt: skip

HEADERS = tuple(
    Header(name, role, language, values)
    for language, roles in _PLAIN.items()
    for role, headers in roles.items()
    for name, values in headers
)


def table_of(header: Header, every_header: tuple[Header, ...], seed: int) -> dict[str, list[str]]:
    """A table in the language of a header: it, one column of each other role, and two of none."""
    chance = random.Random(seed)
    others = [one for one in every_header if one.language == header.language]
    chosen = [header]
    for role in ("id", "activity", "time"):
        if role != header.role:
            chosen.append(chance.choice([one for one in others if one.role == role]))
    beside = [one for one in others if one.role == "" and one is not header]
    chosen += chance.sample(beside, 2)
    chance.shuffle(chosen)
    return {one.name: one.values(chance) for one in chosen}

"""The parts that headers of columns are made of, in English, Dutch, German and French.

Written in small letters without accents. A header is taken apart into these, so that
`Deelnemernr`, `deelnemer_id` and `id deelnemer` are one. Within a kind the plainest comes first.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto
from functools import cache

from cjmine.loaders.zone_names import without_zone


class Word(Enum):
    """What a part of a header says about its column."""

    PERSON = auto()  # the customer
    CONTRACT = auto()  # what a person has one or a few of
    SESSION = auto()  # a visit, a browser, a device
    MAIL = auto()
    PHONE = auto()
    IP = auto()
    CASE = auto()  # what a process log calls a case
    MATTER = auto()  # what goes through a process: an order, a claim
    THING = auto()  # what has numbers of its own, and no journey
    MARK = auto()  # says that a column identifies something
    MOMENT = auto()  # says that a column is a time
    BEGIN = auto()  # of the times of an event, the one to count from
    END = auto()  # another time of it
    ASIDE = auto()  # a time that is none of an event
    HAPPENING = auto()  # what happened, in so many words
    ABOUT = auto()  # what an event is about
    SORT = auto()  # a sort, a state, a text
    CHANNEL = auto()
    CONTACT = auto()  # contact: of a person, or of an event
    NAME = auto()  # what something is called
    OTHER = auto()  # none of all these


_WRITTEN: dict[Word, str] = {
    Word.PERSON: """
        customer cust client klant klanten klantnr clientele kunde kunden kund kd kdnr user usr
        users gebruiker gebruikers gebruikersnaam username login benutzer nutzer anwender
        utilisateur usager member lid leden mitglied mitglieder mitgl membre adherent deelnemer
        deelneemster
        participant teilnehmer relatie person persoon personen personne citizen burger inwoner
        bewoner resident huurder huur tenant mieter locataire consumer consument verbraucher
        consommateur patient pacient zorgvrager student studerend leerling schuler eleve etudiant
        pupil cursist insured verzekerde verzekeringnemer versicherter versicherten versicherte
        versicherungsnehmer assure assures subscriber abonnee abonnent abonnenten abonne
        debiteur debitor debitoren crediteur kreditor applicant aanvrager antragsteller demandeur
        bewerber candidate kandidaat kandidaten kandidat candidat sollicitant guest gast gaste
        hote passenger reiziger passagier fahrgast voyageur donor donateur spender donneur lead
        prospect interessent player speler spieler joueur reader lezer leser lecteur buyer koper
        kaufer acheteur besteller beneficiaire allocataire begunstigde titulaire rekeninghouder
        kontoinhaber inhaber societaire household huishouden haushalt foyer burgerservicenummer
        belastingplichtige steuerpflichtiger contribuable respondent respondenten repondant
        cardholder kaarthouder karteninhaber individual individu pensioengerechtigde
        gepensioneerde rentner learner recipient ontvanger empfanger destinataire contactpersoon
        people holder houder
    """,
    Word.CONTRACT: """
        account accounts acct konto compte contract contracten contrat vertrag vertrags polis
        polissen police policy policen dossier dossiers akte akten subscription abonnement
        abonnements abo membership lidmaatschap mitgliedschaft rekening iban card kaart karte
        karten carte pas loyalty verzekering versicherung versicherungs versicherungsschein
        assurance insurance aansluiting anschluss registration registratie inschrijving pensioen
        rente pension
    """,
    Word.SESSION: """
        visitor bezoeker bezoekers besucher visiteur cookie cookies anonymous anon distinct pseudo
        fingerprint tracking session sessie sessies sitzung sitzungs seance visit bezoek besuch
        visite browser device apparaat gerat gerate appareil clickstream
    """,
    Word.MAIL: "email mail emailadres mailadres mailadresse courriel emailaddress",
    Word.PHONE: """
        phone telefoon telefon telephone tel mobile
        mobiel mobil gsm handy portable msisdn ani cli rufnummer caller
        beller anrufer appelant
    """,
    Word.IP: "ip remotehost",
    Word.CASE: """
        case caseid zaak zaken cas process processinstance trace instance procesinstantie
    """,
    Word.MATTER: """
        order orders bestelling bestel bestell bestellung auftrag auftrags commande ticket tickets
        incident incidents vorfall storing storung melding meldung claim claims schade schaden
        schadens sinistre aanvraag antrag antrags demande verzoek anfrage request requete klacht
        klachten complaint beschwerde plainte reclamation reklamation offerte offer quote angebot
        angebots devis booking boeking buchung buchungs reservation reservering reservierung
        loan lening darlehen pret application sollicitatie aanmelding anmeldung shipment zending
        sendung sendungs envoi levering lieferung lieferungs livraison pakket paket colis retour
        vorgang vorgangs job project projekt projet opdracht mandat fall falls
        hypotheek mortgage hypothek intake behandeling
    """,
    Word.THING: """
        product producten produkt produit article artikel item items sku agent
        medewerker medewerkers mitarbeiter collaborateur employee employe operator operateur
        bearbeiter behandelaar handler owner eigenaar resource team afdeling department
        abteilung departement filiaal filiale branch store shop winkel magasin laden row regel
        rij zeile ligne line record rec volg volgorde laufende lfd sequence seq sorting
        index idx message bericht nachricht campaign campagne kampagne mailing transaction
        transactie transaktion queue wachtrij warteschlange group groep gruppe groupe house huis
        haus postcode postal zip plz batch lot station kassa terminal
        factuur facturen invoice rechnung facture payment betaling zahlung paiement location
        locatie standort vestiging site kenteken vehicle voertuig fahrzeug machine server host
        extension toestel skill rit trip dataset column kolom partition shard log verwerking
    """,
    Word.MARK: """
        id ids identifier identifiant identifikator identificatie identifikation identificatienummer
        ident identnr number nummer nummern numbers numero num nr nrs no nbr kennung kennzeichen
        kenmerk key sleutel schlussel code ref referentie reference referenz token hash uuid guid
        matricule pseudonym pseudonyme pseudoniem zeichen kennziffer pk cle mrn
    """,
    Word.MOMENT: """
        timestamp datetime time date datumtijd tijdstip tijd datum zeitstempel zeitpunkt zeit
        uhrzeit datumzeit horodatage heure jour dag dagtekening tag day when wann wanneer quand
        moment ts dt dat stempel eventtime datetimestamp
    """,
    Word.BEGIN: """
        start started starting starts begin begins began begonnen begon debut beginn anfang
        created creation creationdate create aanmaak aangemaakt erstellt erstellung erstell
        cree creee occurred occurrence opgetreden plaatsgevonden stattgefunden received receipt
        ontvangen ontvangst eingang eingangs empfangen recu recue reception sent send verzonden
        verzend verstuurd versand gesendet envoye envoyee registered
        geregistreerd vastgelegd erfasst erfassung erfassungs enregistre enregistrement opened
        open geopend geoffnet eroffnet ouvert ouverture entered entry entree invoer ingevoerd
        eingabe saisie logged performed uitgevoerd durchgefuhrt execute effectue
        submitted submit ingediend eingereicht soumis binnenkomst posted placed geplaatst
    """,
    Word.END: """
        end ended ends ending einde eind eindigt ende fin finish finished fini complete completed
        completion voltooid afgerond afronding beeindigd abgeschlossen abschluss termine terminee
        closed close gesloten geschlossen ferme fermeture cloture resolved resolution opgelost
        gelost resolu updated update modified modification gewijzigd wijziging wijzigings mutatie
        mutaties geandert anderung anderungs modifie maj last laatste letzte dernier derniere
        exit answered
    """,
    Word.ASIDE: """
        due deadline verval vervalt verloopt expiry expires expiration expire ablauf echeance
        gueltig gultig geldig geldigheid valid validity validite until tot bis planned plan
        gepland geplant prevu prevue target streef birth geboorte geboren geb geburt geburts
        naissance dob load laad loaded geladen import imported export exported extractie extract
        peildatum hire indienst
    """,
    Word.HAPPENING: """
        activity activiteit activiteiten aktivitat aktivitaten activite touchpoint touchpoints
        contactmoment event events gebeurtenis gebeurtenissen ereignis ereignisse evenement
        eventname action actions actie acties aktion aktionen handeling handelingen handlung
        handlungen step stap stappen schritt schritte etape etapes task taak taken aufgabe
        aufgaben tache taches operation operatie bewerking bearbeitungsschritt processtap
        prozessschritt interaction interactie interaktion milestone mijlpaal meilenstein jalon
        kontaktpunkt klantcontact arbeitsschritt verrichting massnahme
        tatigkeit werkzaamheid werkzaamheden transition
    """,
    Word.ABOUT: """
        reason reden grund motif raison anlass aanleiding onderwerp subject sujet betreff objet
        thema
        topic theme vraag question frage page pagina seite url uri path pad pfad chemin scherm
        screen ecran bildschirm form formulier formular formulaire document documenten dokument
        brief briefe letter lettre courrier disposition wrap outcome resultaat result ergebnis
        resultat uitkomst afhandeling afhandel keuze choice menu dienst prestation procedure
        anliegen kontaktgrund kontaktanlass contactreden gespreksreden feature functie funktion
        correspondentie schreiben poststuk
    """,
    Word.SORT: """
        status statut state zustand etat staat toestand type typ types soort soorten art arts
        sort sorte category categorie kategorie rubriek rubrik rubrique description omschrijving
        beschreibung bezeichnung libelle designation fase phase stage stadium stade title titel
        titre intitule class klasse classificatie nature genre
    """,
    Word.CHANNEL: "channel kanaal kanal canal medium kontaktkanal contactkanaal",
    Word.CONTACT: "contact contacts kontakt kontakte call calls gesprek gespreks anruf appel",
    Word.NAME: "name naam namen nom bezeichner label",
    Word.OTHER: """
        amount bedrag bedragen betrag montant price prijs preis prix cost costs kosten cout omzet
        revenue umsatz total totaal gesamt count aantal anzahl nombre quantity menge quantite
        duration duur dauer duree waiting wacht wachttijd looptijd doorlooptijd wartezeit attente
        handle talk age leeftijd alter region regio pays land country stad city ville stadt
        plaats ort lieu town address adres adresse anschrift straat street strasse rue provincie
        province gemeente gemeinde commune bundesland geslacht gender geschlecht sexe sex taal
        language sprache langue locale prenom voornaam achternaam vorname nachname surname
        firstname lastname initials voorletters os platform plattform plateforme notes note
        notitie notiz opmerking comment comments kommentar bemerkung commentaire remarque score
        nps rating cijfer bewertung segment variant version versie source bron quelle referrer
        agency priority prioriteit prioritat priorite currency valuta wahrung devise percentage
        percent procent tarif tariff tarief rate size grootte gewicht weight korting discount
        rabatt remise company bedrijf firma organisatie organisation organization
        vestigingsplaats niveau level salaris salary income inkomen birthplace birthdate
        satisfaction tevredenheid zufriedenheid success succes erfolg flag indicator is has
        free text tekst texte freitext vrije toelichting erlauterung explication year jaar jahr
        annee maand month monat mois week woche semaine saldo balance solde
    """,
}
_MEANING = {word: kind for kind, words in _WRITTEN.items() for word in words.split()}
_RANK = {word: rank for words in _WRITTEN.values() for rank, word in enumerate(words.split())}
_LINKS = ("", "s", "n", "en", "e", "es")
_SHORTEST = 3  # of a part inside a compound; these are shorter
_SHORT = frozenset({"id", "nr", "ts"})
# A word may begin with what is not known: the last part of a compound says what it is.
_LEAST_BEFORE = 2
_SHORTEST_ENDING = 4
_FILLERS_WRITTEN = """
    de du des la le les l d het een der die das den dem van von vom of the a au aux at on op am an
    bij by in im to zu fur pour voor utc met per and en et und org lifecycle
"""
_FILLERS = frozenset(_FILLERS_WRITTEN.split())


@cache
def parts_of(header: str) -> tuple[tuple[str, Word | None], ...]:
    """The parts of a header and what each says; None for a part that is not known.

    >>> [kind.name if kind else "?" for _, kind in parts_of("Deelnemernr")]
    ['PERSON', 'MARK']
    >>> [kind.name if kind else "?" for _, kind in parts_of("N° d'adhérent")]
    ['MARK', 'PERSON']
    """
    found: list[tuple[str, Word | None]] = []
    for token in _tokens(header):
        if token in _FILLERS:
            continue
        for part in _taken_apart(token):
            found.append((part, _MEANING.get(part)))
    return tuple(found)


def rank_of(part: str) -> int:
    """How plain a part is among those that say the same; 0 is the plainest."""
    return _RANK.get(part, len(_RANK))


def _tokens(header: str) -> list[str]:
    """The words of a header, in small letters without accents."""
    spelled = re.sub("[Nn]°|№", "numero ", without_zone(header))
    spaced = re.sub(r"(?<=[a-zà-ÿ0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", spelled)
    plain = unicodedata.normalize("NFKD", spaced.casefold())
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    whole = re.sub(r"e[\s_-]?mail", " email ", letters)
    return [one for one in re.split(r"[^a-z]+", whole) if one]


def _taken_apart(token: str) -> tuple[str, ...]:
    """A word as the parts that it is made of: all of them known, or at least the last."""
    if token in _MEANING:
        return (token,)
    umlauts = token.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    for written in dict.fromkeys((token, umlauts)):
        whole = _compound(written)
        if whole:
            return whole
    for cut in range(_LEAST_BEFORE, len(token) - 1):
        ending = token[cut:]
        if ending in _MEANING and (len(ending) >= _SHORTEST_ENDING or ending == "nr"):
            return (*(_compound(token[:cut]) or (token[:cut],)), ending)
    return (token,)


@cache
def _compound(token: str) -> tuple[str, ...]:
    """The known parts that a word is made of altogether; nothing where it is not."""
    if token in _MEANING:
        return (token,)
    best: tuple[str, ...] = ()
    for cut in range(len(token) - 2, 1, -1):
        first = token[:cut]
        if first not in _MEANING or (len(first) < _SHORTEST and first not in _SHORT):
            continue
        for link in _LINKS:
            rest = token[cut:]
            if not rest.startswith(link):
                continue
            rest = rest[len(link) :]
            if len(rest) < _SHORTEST and rest not in _SHORT:
                continue
            parts = _compound(rest)
            if parts and (not best or len(parts) + 1 < len(best)):
                best = (first, *parts)
    return best

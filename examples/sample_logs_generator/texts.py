"""Dutch texts of pages, searches, call notes and mails, all invented."""

FAQ_TOPICS = (
    "meterstanden-doorgeven", "wanneer-eindnota", "opzegtermijn", "twee-adressen", "slimme-meter",
)  # fmt: skip
SEARCHES = (
    "waar vind ik mijn meter", "meterstand gas", "eindnota hoe lang", "verhuizing annuleren",
    "coöperatie zonnepanelen", "opzegvergoeding € bij verhuizen",
)  # fmt: skip
STYLES = (
    "/assets/css/site.css", "/assets/js/formulier.js", "/assets/img/verhuisdoos.png",
    "/assets/img/logo.svg", "/assets/fonts/lichtland.woff2", "/favicon.ico",
    "/themas/lente/kop.png", "/mijn/bundel.js",
)  # fmt: skip
WRONG_PATHS = ("/verhuis", "/verhuizing.html", "/mijnlichtland", "/storing/actueel")

NOTES = (
    "",
    "",
    "",
    "Klant geholpen.",
    "Meterstanden genoteerd; foto volgt per mail",
    "{name} belt namens partner. Teruggebeld op 06-....{phone}",
    'Klant zegt: "de pagina blijft hangen", doorgezet naar webteam',
    "Geen bijzonderheden",
    "Mw. wil bevestiging per post; uitgelegd dat dit digitaal gaat",
    "Dhr. verhuist twee weken later, coördinatie met de nieuwe bewoner",
    "Verwachting eindnota uitgelegd (± € 85).",
    "Eén meter ontbreekt in het systeem.\r\nTerugbellen na controle.",
)
COMPLAINTS = (
    "Klacht over mijn verhuizing",
    "Klacht: nog geen bevestiging ontvangen",
    "Ontevreden over de website",
    "Klacht – meterstanden worden niet geaccepteerd",
)
QUESTIONS = (
    "Vraag over mijn verhuizing",
    "Antw: Bevestiging van uw verhuizing naar {}",
    "RE: Bevestiging van uw verhuizing naar {}",
    "Sleuteloverdracht één week later, wat nu?",
)
AUTO_REPLIES = ("ik ben afwezig", "afwezig wegens vakantie – tot maandag")
BODIES = (
    "Goedemiddag,\n\nkunt u mij helpen?\n\nGroet,\n{name}\n",
    "Beste Lichtland,\n\nhet lukt niet op de site; ik krijg steeds een foutmelding.\n\n{name}\n",
    "L.S.,\n\nwij krijgen de sleutel één week eerder. Graag reactie.\n\n{name}\n",
    "Hello,\n\nFrom Monday on I live at my new address.\nSorry for the English.\n\n{name}\n",
    "Hallo,\n\nbedankt voor de coördinatie. Mijn oude meter gaf 1.234,5 m³ aan.\n\n{name}\n",
)

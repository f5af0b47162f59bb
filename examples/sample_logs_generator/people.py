"""Invented customers and strangers: names, cookies, phone numbers, mail addresses."""

import unicodedata
from dataclasses import dataclass

from .dice import Dice

FIRST_NAMES = (
    "Zoë", "Noël", "Renée", "José", "Chloé", "Anaïs", "Björn", "Daniëlle", "Loïs", "Desirée",
    "Aniek", "Bram", "Cees", "Daan", "Emma", "Femke", "Gijs", "Hanneke", "Ilse", "Joost",
    "Karin", "Lotte", "Maarten", "Nienke", "Okke", "Pieter", "Quinten", "Rianne", "Sjoerd",
    "Tjitske", "Ute", "Veerle", "Wouter", "Xander", "Yara", "Zeger", "Fatima", "Mehmet", "Aylin",
    "Youssef", "Priya", "Wei", "André", "Hélène", "Jasmijn", "Siebe", "Rens", "Thijs",
    "Margriet", "Heleen",
)  # fmt: skip
LAST_NAMES = (
    "de Vries", "van den Berg", "Jansen", "Bakker", "Visser", "Smit", "Meijer", "de Boer",
    "Mulder", "Bos", "Vos", "Peters", "Hendriks", "van Leeuwen", "Dekker", "Brouwer", "de Wit",
    "Dijkstra", "Smits", "de Graaf", "van der Meer", "Kok", "van der Linden", "Jacobs",
    "de Haan", "Vermeulen", "van 't Hof", "van Dijk", "Hoekstra", "Bruïns", "Coöl", "Geërts",
    "Özdemir", "Yılmaz", "El Amrani", "Nguyen", "Sánchez", "Müller", "Reijnders", "Ploeg",
    "Sijbrandij", "Ypma", "Kuiper", "Zeeman", "Wiersma", "Terpstra",
)  # fmt: skip
TOWNS = (
    "Súdwest-Fryslân", "'s-Hertogenbosch", "Utrecht", "Zwolle", "Goes", "Leiden", "Hengelo",
    "Venlo", "Zoetermeer", "Coevorden", "Amersfoort", "Den Helder", "Delft",
    "Noardeast-Fryslân", "Tilburg", "Assen",
)  # fmt: skip
_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0"
_APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3"
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:136.0) Gecko/20100101 Firefox/136.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Android 14; Mobile; rv:136.0) Gecko/136.0 Firefox/136.0",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_WEBKIT} Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 10; K) {_WEBKIT} Mobile Safari/537.36",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_APPLE} Safari/605.1.15",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) {_APPLE} Mobile/15E148 Safari/604.1",
)
NETWORKS = ("192.0.2", "198.51.100", "203.0.113")
SPELLINGS = ("06-{}", "06{}", "06 {}", "+31 6 {}", "+316{}", "00316{}", "+31 (0)6 {}")


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person; an empty ``number`` is a stranger, absent from ``customers.csv``."""

    number: str
    name: str
    cookie: str
    phone: str  # the eight digits after 06
    email: str
    postcode: str
    town: str
    address: str  # IP address
    agent: str
    takes_cookies: bool
    cookie_listed: bool
    phone_listed: bool

    @property
    def device(self) -> str:
        """What kind of device the browser says it runs on."""
        return "mobile" if "Mobile" in self.agent else "desktop"


def spelled(phone: str, dice: Dice) -> str:
    """One of the usual Dutch spellings of a mobile number."""
    form = dice.pick(SPELLINGS)
    if form == "06 {}":
        return "06 " + " ".join(phone[place : place + 2] for place in range(0, 8, 2))
    return form.format(phone)


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.replace("ı", "i")).encode("ascii", "ignore")
    return folded.decode().lower().replace(" ", "").replace("'", "")


def make_people(customers: int, strangers: int, dice: Dice) -> tuple[list[Person], list[Person]]:
    """Who takes part: the customers of the table, and strangers that no table knows.

    Cookies, phone numbers and mail addresses are unique over both lists.
    """
    phones = dice.shuffled([f"1234{n:04d}" for n in range(10_000)])
    numbers = dice.shuffled(range(100_000, 100_000 + 5 * customers))
    cookies: set[str] = set()
    people: list[Person] = []
    for place in range(customers + strangers):
        first, last = dice.pick(FIRST_NAMES), dice.pick(LAST_NAMES)
        cookie = "v" + dice.letters("0123456789abcdef", 9)
        while cookie in cookies:
            cookie = "v" + dice.letters("0123456789abcdef", 9)
        cookies.add(cookie)
        domain = "example.com" if dice.chance(0.7) else "example.org"
        known = place < customers
        takes_cookies = not known or not dice.chance(0.015)
        people.append(
            Person(
                number=f"L{numbers[place]}" if known else "",
                name=f"{first} {last}",
                cookie=cookie,
                phone=phones[place],
                email=f"{_plain(first)}.{_plain(last)}{place}@{domain}",
                # Dutch postcodes never end in SA, SD or SS
                postcode=f"{dice.between(1011, 9988)} S{dice.pick('ADS')}",
                town=dice.pick(TOWNS),
                address=f"{dice.pick(NETWORKS)}.{dice.between(1, 254)}",
                agent=AGENTS[dice.early(0, len(AGENTS) - 1)],
                takes_cookies=takes_cookies,
                cookie_listed=known and takes_cookies and not dice.chance(0.015),
                phone_listed=known and not dice.chance(0.04),
            )
        )
    listed = sorted(people[:customers], key=lambda person: person.number)
    return listed, people[customers:]

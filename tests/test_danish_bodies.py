"""Bodies, departments and municipalities by the shape of their names."""

from __future__ import annotations

import pytest

from graph.danish.bodies import nominative, read_bodies, read_municipality, read_units, same_body


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Teknik- og Miljøudvalgets beslutning", ["Teknik- og Miljøudvalget"]),
        ("når Plan-, Miljø og Klimaudvalget mødes", ["Plan-, Miljø og Klimaudvalget"]),
        ("Social-, Sundheds- og Ældreudvalget og Byrådet", ["Social-, Sundheds- og Ældreudvalget", "Byrådet"]),
        ("sendes til Økonomiudvalget og Klimaudvalget", ["Økonomiudvalget", "Klimaudvalget"]),
        (
            "Udvalget for Klima, Teknik og Miljø og Økonomiudvalget",
            ["Udvalget for Klima, Teknik og Miljø", "Økonomiudvalget"],
        ),
        ("Udvalget for sundhed og omsorg behandler sagen", ["Udvalget for sundhed og omsorg"]),
        ("Fremsendes til Aarhus Byråd og Norddjurs Beskæftigelsesråd", ["Aarhus Byråd", "Norddjurs Beskæftigelsesråd"]),
        ("møde i Det fælles Landdistriktsråd", ["Det fælles Landdistriktsråd"]),
        ("§17, stk. 4-udvalget for Bosætning", ["§17, stk. 4-udvalget for Bosætning"]),
        ("over for forretningsudvalget og regionsrådet", ["forretningsudvalget", "regionsrådet"]),
        ("HMU talte om det i ØK", ["HMU", "ØK"]),
        ("forelagt Hvilsted Distriktsråd den 2. maj", ["Hvilsted Distriktsråd"]),
        ("Amager Øst Lokaludvalg er hørt", ["Amager Øst Lokaludvalg"]),
        ("Naturråd Furesø og Ungeråd Viborg er hørt", ["Naturråd Furesø", "Ungeråd Viborg"]),
        ("Ungeråd Viborg Kommune er hørt", ["Ungeråd"]),
        ("drøftet i Hoved-MED for Psykiatrien", ["Hoved-MED for Psykiatrien"]),
        ("Hoved-MED for Viborg Kommune fik det", ["Hoved-MED"]),
        ("Udvalget for skoler og børns indstilling faldt", ["Udvalget for skoler og børn"]),
        ("Udvalget for børns trivsel mødes", ["Udvalget for børns trivsel"]),
        (
            "sendes til Ungerådet, Seniorrådet og Trafiksikkerhedsrådet",
            ["Ungerådet", "Seniorrådet", "Trafiksikkerhedsrådet"],
        ),
        ("til Børn, Familie og Ungeudvalget og Ungebyrådet", ["Børn, Familie og Ungeudvalget", "Ungebyrådet"]),
        ("sendt retur fra Lokal-MED Bosteder den 4. maj", ["Lokal-MED Bosteder"]),
        ("i Sektor-MED den 4. maj og i MED-udvalget for dagtilbud", ["Sektor-MED", "MED-udvalget for dagtilbud"]),
        ("Hoved-MED Anna Holm orienterede", ["Hoved-MED"]),
        ("via Udvalget for det nære sundhedsvæsen", ["Udvalget for det nære sundhedsvæsen"]),
        ("Udvalget for bæredygtig vækst og unge mødes", ["Udvalget for bæredygtig vækst og unge"]),
        ("§ 17, stk. 4-udvalg om Fremtidens Landsbyer", ["§ 17, stk. 4-udvalg om Fremtidens Landsbyer"]),
        ("Udvalget for sundhed og behandling i 1. kvartal", ["Udvalget for sundhed og behandling"]),
        ("Udvalget for børn og genoptræning mødes", ["Udvalget for børn og genoptræning"]),
        ("i Udvalget for kultur og orientering om sagen", ["Udvalget for kultur"]),
        ("Trafikforum for Skoler og pædagogisk råd er hørt", ["Trafikforum for Skoler", "pædagogisk råd"]),
        ("Den faglige klynge anbefalede det", ["Den faglige klynge"]),
        ("Kontaktudvalget for Danske Ældreråd og Danske Handicapråd", []),
        ("valg til bestyrelsen for Kærby Energiakademi", []),
        ("i Område-MED Børn og Skole den 4. maj", ["Område-MED Børn og Skole"]),
        ("Udvalget for Psykiatri og Social Indsats mødes", ["Udvalget for Psykiatri og Social Indsats"]),
        ("Udvalget for Børn og Social indsats tog", ["Udvalget for Børn og Social indsats"]),
        ("Udvalget for Digital udvikling og Kultur mødes", ["Udvalget for Digital udvikling og Kultur"]),
        ("Udvalget for Ældre og Social støttede det", ["Udvalget for Ældre og Social"]),
        ("forelagt Psykiatriens Dialogforum den 20. maj", ["Psykiatriens Dialogforum"]),
        ("drøftet i Brugerforum den 20. maj, ikke i et fagforum", ["Brugerforum"]),
        ("Danmarks Digitalforum er en konference", []),
    ],
)
def test_bodies_by_shape(text: str, names: list[str]) -> None:
    assert [b.name for b in read_bodies(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "behandling i fagudvalgene",
        "udvalget og rådet",
        "på socialområdet",
        "i EU og i MED",
        "DIR\nKFU\nTMU\n x",
        "skolebestyrelsen",
        "FN's Sikkerhedsrådet",
        "Bestyrelsen for Havneselskabet Syd K/S",
        "Bestyrelsen for Kærby Fjernvarme A.m.b.a",
    ],
)
def test_what_is_meant_in_general_is_no_body(text: str) -> None:
    assert read_bodies(text) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Teknisk Forvaltning indstiller", ["Teknisk Forvaltning"]),
        ("Borgmesterens Afdeling påtegning", ["Borgmesterens Afdeling"]),
        (
            "som Magistratsafdelingen for Sociale forhold og Beskæftigelse indstillede",
            ["Magistratsafdelingen for Sociale forhold og Beskæftigelse"],
        ),
        (
            "HR- og Økonomiafdelingen samt Børne- og Ungeforvaltningen",
            ["HR- og Økonomiafdelingen", "Børne- og Ungeforvaltningen"],
        ),
        ("Center for Plan og Miljø indstiller", ["Center for Plan og Miljø"]),
        ("Direktøren for Teknik og Miljø indstiller. Forvaltningen anbefaler.", []),
        ("Center for Kultur, Fritid og Borgerservice har", ["Center for Kultur, Fritid og Borgerservice"]),
        ("Center for Teknik og Miljø og Borgerservice har", ["Center for Teknik og Miljø", "Borgerservice"]),
        ("Rådet kvitterede for åbenheden og begivenheden", []),
        ("Plejeenheden og Økonomienheden er hørt", ["Plejeenheden", "Økonomienheden"]),
    ],
)
def test_departments(text: str, names: list[str]) -> None:
    assert [u.name for u in read_units(text)] == names


def test_the_same_body_under_two_names() -> None:
    assert same_body("Byrådet", "Odense Byråd")
    assert same_body("Økonomiudvalgets", "økonomiudvalg")
    assert not same_body("Byrådet", "Handicaprådet")
    assert nominative("Kommunalbestyrelsens") == "Kommunalbestyrelsen"


def test_the_municipality() -> None:
    assert read_municipality("Mødet i Bornholms Regionskommune") == "Bornholms Regionskommune"
    assert read_municipality("Rådet og Region Midtjylland giver") == "Region Midtjylland"
    assert read_municipality("en anden kommune") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Byrådet og Kulturudvalget mødes", ["Byrådet", "Kulturudvalget"]),
        ("i Teknik og Økonomiudvalget", ["Økonomiudvalget"]),
        ("fra Kultur og Byrådet", ["Byrådet"]),
    ],
)
def test_a_list_of_bodies_is_no_name_of_one(text: str, names: list[str]) -> None:
    assert [b.name for b in read_bodies(text)] == names


def test_the_young_have_a_council_of_their_own() -> None:
    assert not same_body("Ungebyrådet", "Byrådet")
    assert same_body("Kærby Byråd", "Byrådet")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By- og Miljøområdet indstiller, at sagen udsættes.", ["By- og Miljøområdet"]),
        ("Det sker på social- og sundhedsområdet i år.", []),
        ("Koncern Økonomi har regnet på det.", ["Koncern Økonomi"]),
        ("Sagen følges op hos Ejendom og Forsyning.", ["Ejendom og Forsyning"]),
        ("Hun lovede nye tal fra Økonomi.", ["Økonomi"]),
        ("HR indstiller, at planen godkendes.", ["HR"]),
        ("Hun svarede, at Teknik og Miljø reparerer broen.", ["Teknik og Miljø"]),
        ("Stien er smal, og Vej og Trafik har talt biler.", ["Vej og Trafik"]),
        ("Forpagteren er rejst, og Ejendomme har set på huset.", ["Ejendomme"]),
        ("Leder af Jobcenter Kærby deltog.", ["Jobcenter Kærby"]),
        ("Kultur og Fritid er vigtige emner.", []),
        ("Børn har ret til leg.", []),
        ("i Udvalget for Social og Sundhed skal sagen drøftes", []),
        (
            "Udbuddet foretages af Indkøb og Jura i samarbejde\nmed Trafik og Infrastruktur.",
            ["Indkøb og Jura", "Trafik og Infrastruktur"],
        ),
        ("Sagen behandles af Kultur og Fritid til efteråret", []),
        ("Byg og Plan modtog ansøgningen den 8. marts", ["Byg og Plan"]),
        ("Centerchef Jeppe Ravn, Ejendomme, gennemgår buddene", ["Ejendomme"]),
        (
            "Fagcenter Plan, Byg og Miljø og Kommunikation har skrevet",
            ["Fagcenter Plan, Byg og Miljø", "Kommunikation"],
        ),
        ("konsulent Hans Krog, Økonomi og Løn, gennemgik tallene", ["Økonomi og Løn"]),
        ("Leder Hans Krog, Venstre, spurgte", []),
        ("Besøg af Center Sundhed", ["Center Sundhed"]),
        ("Center for Tværsektorielt Samarbejde har regnet", ["Center for Tværsektorielt Samarbejde"]),
        ("Center Syd holder åbent", []),
        ("De sender bemærkninger til Natur & Vandmiljø senest den 4. maj", ["Natur & Vandmiljø"]),
        ("Spørgsmål kan rettes til Plan og Byg.", ["Plan og Byg"]),
        ("Sagen sendes til Kultur og Fritid.", []),
        ("en udtalelse fra Teknik og Miljø, der vurderer", ["Teknik og Miljø"]),
        ("Kommunale Ejendomme er i gang. Teknisk Drift har målt.", ["Kommunale Ejendomme", "Teknisk Drift"]),
        ("Tilskud til Kommunale Ejendomme og Social Service er vigtigt", []),
        ("Ejendomme og Intern Service foreslår, at", ["Ejendomme og Intern Service"]),
        ("Intern Service og Ejendomme indstiller, at", ["Intern Service og Ejendomme"]),
        ("Økonomi og Digital Udvikling indstiller, at", ["Økonomi og Digital Udvikling"]),
        ("Afdelingen Erhverv og Virksomhedsmiljø fører tilsyn", ["Erhverv og Virksomhedsmiljø"]),
        ("at natteamet samles, og at tilsynsmyndigheden svarer", []),
        ("fra Center for Udsatte Voksne og Familier", ["Center for Udsatte Voksne og Familier"]),
    ],
)
def test_departments_named_by_their_fields(text: str, names: list[str]) -> None:
    assert [u.name for u in read_units(text)] == names

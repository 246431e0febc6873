"""The English words around place names: which kind of place, where it lies, what speaks against one."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a line as a set."""
    return frozenset(words.split())


REGION_WORDS = word_set(
    "region oblast province governorate krai kray republic state department prefecture emirate "
    "voivodeship regions oblasts provinces governorates states departments prefectures"
)
DISTRICT_WORDS = word_set(
    "district raion rayon county municipality township subdistrict sub-district commune cercle territory "
    "locality tehsil hromada community canton parish woreda zone districts raions counties municipalities "
    "townships communities territories localities"
)
TOWN_WORDS = word_set(
    "city town village settlement hamlet suburb neighborhood neighbourhood quarter township commune "
    "kibbutz cities towns villages settlements hamlets suburbs neighborhoods neighbourhoods quarters "
    "stronghold enclave municipality borough community outpost barrio vereda"
)
AREA_WORDS = word_set("area axis sector direction front frontline pocket corridor salient countryside")
FACILITY_WORDS = {
    "airport": "airport", "airfield": "airbase", "airbase": "airbase", "base": "base", "port": "port",
    "seaport": "port", "harbour": "port", "harbor": "port", "dam": "dam", "bridge": "bridge",
    "prison": "prison", "jail": "prison", "colony": "prison", "camp": "camp", "hospital": "hospital",
    "theatre": "building", "theater": "building", "station": "station", "plant": "plant",
    "steelworks": "plant", "refinery": "plant", "npp": "plant", "crossing": "crossing",
    "checkpoint": "crossing", "barracks": "base", "reservoir": "water", "mine": "mine",
    "university": "building", "mosque": "building", "church": "building", "cathedral": "building",
    "monastery": "building", "stadium": "building", "tunnel": "tunnel", "factory": "plant",
    "shipyard": "plant", "garrison": "base", "headquarters": "building", "market": "building",
    "aerodrome": "airbase",
}  # fmt: skip
FACILITY_ADJECTIVES = word_set(
    "international military nuclear power thermal hydroelectric air naval refugee displacement border "
    "penal railway train bus drama maternity children's detention iron steel chemical oil gas army "
    "training main central regional city state local - atomic missile hydro metro road rail humanitarian "
    "filtration prisoner internment"
)
WATER_WORDS = word_set(
    "river sea lake strait bay gulf channel canal ocean island islands peninsula mountains mountain hill "
    "hills valley forest desert"
)

LOCATIVE = word_set(
    "in near at from to outside around across into through throughout toward towards inside within beyond "
    "via between above over off along entering leaving reach reached reaching visited visiting besieged"
)
WEAK_LOCATIVE = word_set("of on for by against with and or & , / -")
DIRECTIONS = {
    "north": "north", "northern": "north", "south": "south", "southern": "south", "east": "east",
    "eastern": "east", "west": "west", "western": "west", "northeast": "north", "northwest": "north",
    "southeast": "south", "southwest": "south", "north-east": "north", "north-west": "north",
    "south-east": "south", "south-west": "south", "northeastern": "north", "northwestern": "north",
    "southeastern": "south", "southwestern": "south", "northwards": "north", "southwards": "south",
    "central": "central", "downtown": "central", "north-eastern": "north", "north-western": "north",
    "south-eastern": "south", "south-western": "south",
}  # fmt: skip
TITLES = word_set(
    "mr mrs ms dr sir lord lady president minister premier chancellor king queen prince princess gen "
    "general lt col colonel maj major capt captain sgt sergeant lieutenant admiral adm commander corporal "
    "cpl private pvt brigadier senator sen rep congressman congresswoman judge justice professor prof rev "
    "reverend father bishop archbishop pope patriarch cardinal rabbi imam sheikh sheik ayatollah mullah "
    "maulana mayor governor gov secretary ambassador chairman chairwoman spokesman spokeswoman "
    "spokesperson envoy deputy chief marshal director attorney sheriff coach officer detective inspector "
    "constable trooper staff first vice foreign prime defense defence interior st. jr sr comrade sgt. "
    "gen. lt. col. maj. capt. mr. mrs. ms. dr. prof. sen. rep. gov. rev."
)
MEDIA_WORDS = word_set(
    "times post independent herald tribune news journal gazette telegraph observer today daily star sun "
    "mail review chronicle examiner press guardian globe standard mirror express radio tv television "
    "pravda broadcasting magazine monitor sentinel courier dispatch record register ledger inquirer "
    "advocate bulletin enquirer"
)
NAMELIKE_WORDS = word_set(
    "dynamo united fc airlines airways lions tigers bears eagles cup league conference accord accords "
    "agreement agreements treaty declaration convention protocol memorandum summit inc corp ltd co llc "
    "gmbh ag plc bulldogs wildcats redskins cowboys pact document initiative format process platform "
    "center centre institute foundation street st ave avenue road boulevard blvd lane drive dr highway "
    "hwy court"
)
PEOPLE_NOUNS = word_set(
    "mayor governor official officials authorities authority police troops forces force army military "
    "resident residents president minister ministry government council administration spokesman "
    "spokeswoman spokesperson leader leaders leadership people prosecutor prosecutors prosecution "
    "soldiers soldier fighters militia militias rebels insurgents commander general ambassador embassy "
    "envoy delegation parliament lawmakers lawmaker citizens civilians natives native man woman men women "
    "court side regime commander-in-chief officer officers navy fleet command staff servicemen occupiers "
    "invaders separatists premier chancellor king office department diplomat diplomats defenders garrison "
    "regiment battalion brigade division university club team newspaper daily tv media media's "
    "firefighters medics doctors families family students refugees teacher journalist activist activists"
)
ACTOR_VERBS = word_set(
    "say tell accuse warn claim deny demand insist announce reject vow threaten urge call condemn blame "
    "offer agree refuse want seek plan intend deploy launch invade attack send withdraw respond retaliate "
    "impose support back vote declare recognise recognize acknowledge confirm report believe hope expect "
    "fear try use deliver supply provide sign join expel ban summon ask promise pledge consider hold "
    "continue begin start stop fire strike shell bomb kill advance retreat make take give do lose win "
    "mobilise mobilize negotiate cut close open pull step dismiss describe propose plead pay sell buy "
    "export help allow prevent stage suffer rule"
)
ACTOR_OBJECT_VERBS = word_set(
    "accuse blame urge support back condemn help warn sanction ask tell arm call pressure thank criticise "
    "criticize supply recognise recognize provide give praise join persuade push isolate force allow "
    "threaten"
)
MONTHS = word_set(
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon "
    "tue tues wed thu thurs fri sat today yesterday tomorrow christmas easter ramadan eid"
)

# Verbs whose object is a place, in reports of war.
TAKING_VERBS = word_set(
    "shell bombard bomb besiege storm overrun recapture retake liberate pound enter capture seize occupy "
    "raid strike hit reach encircle surround leave evacuate flee abandon"
)
# Of these, the ones that hardly ever have a person as object.
PLACING_VERBS = word_set("shell bombard besiege overrun recapture retake liberate pound encircle")

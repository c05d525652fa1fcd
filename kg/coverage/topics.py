"""The topics under which facts are counted, decided here and nowhere else.

A topic is a group of what the data model already sorts facts by. What a fact is sorted by, the first that it has:

1. its indicators and phenomena; of an influence also those of what influences and what is changed;
2. its class: of several the one that stands first below, so that special classes come before general ones, and
   none that stands under `OTHER`;
3. the dimensions of the claims that state it.

Of a bare claim these are the indicators and phenomena of which it speaks, what sorts its situations, its dimensions.

A fact that is sorted by entries of two topics counts under both. A test holds that each indicator, phenomenon,
dimension and class of situations has its one topic; a new one is given its place here.
"""

from __future__ import annotations

OTHER = "other"

# Topic: what it is about, and the entries of the data model that make it up.
_TABLE: tuple[tuple[str, str, str], ...] = (
    (
        "population", "how many people there are, and how their number changes",
        "indicator:population indicator:population-change indicator:depopulation-rate indicator:net-reproduction-rate "
        "phenomenon:abolition-of-serfdom phenomenon:agrarian-overpopulation phenomenon:demographic-trends "
        "phenomenon:depopulation phenomenon:natural-decline phenomenon:natural-demographic-change "
        "phenomenon:natural-growth phenomenon:pandemic phenomenon:population-growth phenomenon:retention-of-population "
        "dimension:demographic bl:DemographicPolicy",
    ),
    (
        "migration", "who moves, from where, where to",
        "indicator:emigrant-destination-share indicator:emigrant-share indicator:migration-balance "
        "indicator:migration-flow-size indicator:migration-outflow phenomenon:cultivation-of-virgin-lands "
        "phenomenon:in-migration phenomenon:out-migration phenomenon:pendulum-migration phenomenon:resettlement "
        "phenomenon:rural-to-urban-migration phenomenon:wish-to-emigrate "
        "bl:MigrationFlow bl:MigrationPolicy bl:ResettlementProgramme",
    ),
    (
        "society", "peoples, languages, culture, ways of living",
        "indicator:human-capital indicator:population-share indicator:social-capital phenomenon:close-identity "
        "phenomenon:common-linguistic-and-educational-space phenomenon:common-sociocultural-space "
        "phenomenon:divergence-of-sociocultural-space phenomenon:economic-and-social-dynamics "
        "phenomenon:education-and-innovation phenomenon:erosion-of-sociocultural-space phenomenon:ethnic-composition "
        "phenomenon:growth-of-ethnic-barriers phenomenon:infringement-of-rights phenomenon:kazakhization "
        "phenomenon:language-barriers phenomenon:living-standards phenomenon:new-ideas "
        "phenomenon:polarization-of-sociocultural-space phenomenon:quality-of-life "
        "phenomenon:revival-of-identity phenomenon:social-climate phenomenon:sociocultural-trends "
        "dimension:cultural dimension:ethno-cultural dimension:social dimension:sociocultural "
        "bl:LanguagePolicy bl:NationBuildingPolicy",
    ),
    (
        "work", "employment and unemployment",
        "indicator:cross-border-employment-opportunities indicator:cross-border-employment-share "
        "indicator:jobs-per-job indicator:unemployment-rate",
    ),
    (
        "economy", "output and structure of economies, and their growth",
        "indicator:agriculture-share indicator:border-regions-role indicator:economic-significance indicator:gdp-share "
        "indicator:gross-product indicator:gross-product-per-head indicator:industrial-production-share "
        "indicator:industry-share indicator:investment indicator:services-share "
        "phenomenon:agricultural-development phenomenon:autonomization phenomenon:cluster-formation "
        "phenomenon:deindustrialization phenomenon:divergence-of-economies phenomenon:economic-crisis "
        "phenomenon:economic-decline phenomenon:economic-development phenomenon:economic-growth "
        "phenomenon:economic-restructuring phenomenon:external-factors phenomenon:free-movement-of-factors "
        "phenomenon:industrialization phenomenon:macroeconomic-contradictions phenomenon:nationalization-of-production "
        "phenomenon:output-for-its-own-sake phenomenon:profit-orientation phenomenon:raw-materials-growth "
        "phenomenon:regional-development phenomenon:regional-differences phenomenon:regional-diversity "
        "phenomenon:regional-equalization phenomenon:regional-resilience phenomenon:shift-to-services "
        "phenomenon:spillovers phenomenon:state-intervention phenomenon:sustainable-development phenomenon:synergy "
        "phenomenon:territorial-industrial-complexes phenomenon:territorial-production-complexes "
        "phenomenon:uneven-benefits-and-costs phenomenon:weak-industry phenomenon:world-economic-situation "
        "dimension:economic dimension:environmental",
    ),
    (
        "trade", "exports and imports, what hinders them, and quarrels about them",
        "indicator:commodity-structure indicator:export-potential-share indicator:export-share "
        "indicator:fuel-supply-balance indicator:import-share indicator:region-trade-role indicator:trade-balance "
        "indicator:trade-share phenomenon:competition phenomenon:exchange-of-goods-and-factors "
        "phenomenon:exchange-rate-fluctuation phenomenon:export-reorientation phenomenon:market-expansion "
        "phenomenon:market-fluctuation phenomenon:purchasing-power-decline phenomenon:re-export "
        "phenomenon:search-for-markets phenomenon:trade-tension "
        "bl:Circumvention bl:MarketAccessComplaint bl:Sanction bl:TradeDispute bl:TradeRestriction",
    ),
    (
        "chains", "flows of goods, stage by stage",
        "indicator:oil-supplied-as-compensation phenomenon:raw-material-shortage phenomenon:raw-material-supply "
        "bl:ChainStage bl:CommodityFlow bl:StatusPeriod bl:SwapArrangement bl:ValueChain",
    ),
    (
        "firms", "enterprises, plants, products, ventures",
        "indicator:cross-border-business-opportunities indicator:joint-venture-count "
        "indicator:large-cooperation-count indicator:product-type-count indicator:production-capacity "
        "indicator:vehicles-produced phenomenon:economic-cooperation phenomenon:scarce-cooperation "
        "phenomenon:transnational-investment bl:LicenceGrant bl:Operation bl:OrganizationalChange bl:Participation "
        "bl:Partnership bl:Production bl:SiteSuccession",
    ),
    (
        "transport", "ways, crossings, carriage",
        "indicator:cross-border-bus-routes indicator:cross-border-traffic phenomenon:common-transport-corridors "
        "phenomenon:railway-building phenomenon:transit phenomenon:transport-barriers",
    ),
    (
        "contacts", "dealings of people and bodies across a border, and what the border does to them",
        "indicator:cross-border-education-opportunities indicator:cross-border-project-funding "
        "indicator:everyday-contacts indicator:separating-effect phenomenon:consumer-trips "
        "phenomenon:cooperation-of-national-actors phenomenon:cross-border-complexes "
        "phenomenon:cross-border-cooperation phenomenon:cross-border-interaction phenomenon:cross-border-mobility "
        "phenomenon:cross-border-regionalization phenomenon:loss-of-contacts phenomenon:multinational-interaction "
        "phenomenon:reliance-on-common-ground phenomenon:tourist-trips phenomenon:weakening-of-ties "
        "bl:Cooperation bl:BorderRegime",
    ),
    (
        "towns", "towns, agglomerations, centre and periphery",
        "indicator:distance-to-largest-cities indicator:distance-to-regional-centre "
        "indicator:travel-time-to-regional-centre phenomenon:agglomeration-effect "
        "phenomenon:attraction-of-large-cities phenomenon:fortification-building phenomenon:peripheralization "
        "phenomenon:polarization phenomenon:settlement-system-formation phenomenon:urban-growth "
        "bl:CoreRole bl:TownOrigin",
    ),
    (
        "history", "how borders, polities, units and names came about",
        "indicator:renamed-district-count phenomenon:common-statehood phenomenon:disintegration "
        "phenomenon:nominal-borders phenomenon:soviet-heritage dimension:historical "
        "bl:BorderChange bl:PolityChange bl:RenamingEvent bl:TerritorialChange",
    ),
    (
        "location", "where things lie, and what borders and units there are",
        "indicator:border-length indicator:district-count indicator:region-count phenomenon:geographical-handicap "
        "phenomenon:geographical-position phenomenon:inland-position dimension:spatial bl:Location",
    ),
    (
        "judgements", "convergence, divergence, and what authors call successful, weak or promising",
        "phenomenon:convergence bl:Assessment",
    ),
    (
        "research", "studies, their interviews and their money",
        "indicator:interview-count bl:Funding bl:ResearchProject",
    ),
    (
        "politics", "states, unions, treaties and other measures",
        "indicator:centralization phenomenon:barrier-removal phenomenon:decline-of-relations "
        "phenomenon:discrimination-removal phenomenon:institutionalization phenomenon:integration "
        "phenomenon:integration-aspirations phenomenon:interstate-interaction "
        "phenomenon:lack-of-security-mechanisms phenomenon:political-fluctuation "
        "dimension:institutional dimension:political "
        "bl:Measure bl:Membership bl:Project",
    ),
    (
        OTHER, "what the data model sorts no further",
        "bl:Comparison bl:Event bl:Influence bl:Observation bl:Process bl:Situation bl:Tendency",
    ),
)  # fmt: skip

TOPICS = {name: entries.split() for name, _, entries in _TABLE}
ABOUT = {name: about for name, about, _ in _TABLE}
TOPIC_OF = {entry: name for name, entries in TOPICS.items() for entry in entries}
# The classes that sort facts, the more special ones first.
CLASSES = [entry for entry, name in TOPIC_OF.items() if entry.startswith("bl:") and name != OTHER]

"""What is asked of the graph to tell who depends on whom: SPARQL SELECT texts, with the project's prefixes."""

# Each row of a flow is one of its goods, lines, chains and coarser flows.
FLOWS = """
SELECT ?flow ?giver ?taker ?goods ?line ?chain ?broader WHERE {
  ?flow a bl:CommodityFlow ; bl:flowFrom ?giver ; bl:flowTo ?taker .
  OPTIONAL { ?flow bl:flowCommodity ?goods }
  OPTIONAL { ?flow bl:flowVia ?line }
  OPTIONAL { ?flow bl:partOfChain ?chain }
  OPTIONAL { ?flow bl:narrowerThan ?broader }
}"""

STAGES = """
SELECT ?stage ?next ?giver ?taker ?chain ?goods WHERE {
  ?stage bl:feeds ?next ; bl:stageAt ?giver .
  ?next bl:stageAt ?taker .
  OPTIONAL { ?chain bl:hasStage ?stage }
  OPTIONAL { ?stage bl:outputCommodity ?goods . ?next bl:inputCommodity ?goods }
}"""

TIES = """
SELECT ?record ?kind ?giver ?taker ?effect WHERE {
  { ?record bl:partner ?giver ; bl:venture ?taker . BIND ("partner" AS ?kind) }
  UNION { ?record bl:licensor ?giver ; bl:licensee ?taker . BIND ("licence" AS ?kind) }
  UNION { ?record bl:operator ?giver ; bl:operated ?taker . BIND ("operator" AS ?kind) }
  UNION { ?record bl:operated ?giver ; bl:operator ?taker . BIND ("plant" AS ?kind) }
  UNION { ?record bl:owningParty ?giver ; bl:owned ?taker . BIND ("owner" AS ?kind) }
  UNION {
    ?record bl:cooperatingParty ?giver , ?taker .
    FILTER (?giver != ?taker)
    BIND ("cooperation" AS ?kind)
  }
  UNION { ?record bl:producer ?giver ; bl:produces ?taker . BIND ("maker" AS ?kind) }
  UNION {
    VALUES ?making { bl:ExtractionStage bl:ProcessingStage }
    ?record a ?making ; bl:stageAt ?giver ; bl:outputCommodity ?taker .
    BIND ("maker" AS ?kind)
  }
  UNION {
    ?record bl:influencingThing ?giver ; bl:affectedThing ?taker ; bl:effectKind ?effect .
    FILTER (?effect NOT IN (effect:none, effect:fails-to-make-up-for))
    BIND ("influence" AS ?kind)
  }
}"""

SWAPS = "SELECT ?swap ?first ?other WHERE { ?swap bl:firstFlow ?first ; bl:compensatingFlow ?other }"

LOCATIONS = "SELECT ?record ?inner ?outer WHERE { ?record bl:located ?inner ; bl:locatedAt ?outer }"

# Of what is as wide as a region or a union nobody can say that what it gives is made of what it takes.
WIDE = """
SELECT ?place ?state WHERE {
  { ?place a bl:Place . FILTER NOT EXISTS { ?place a bl:Facility } }
  UNION { ?place a bl:IntegrationAssociation }
  OPTIONAL { ?place a bl:State . BIND (true AS ?state) }
}"""

STATUSES = "SELECT ?record ?thing ?status WHERE { ?record bl:statusOf ?thing ; bl:activityStatus ?status }"

FIGURES = """
SELECT ?figure ?thing ?partner ?indicator ?unit ?printed ?qualifier ?whole ?goods ?value WHERE {
  ?figure bl:observed ?thing ; bl:hasIndicator ?indicator ; bl:hasUnit ?unit ; bl:asPrinted ?printed ;
          bl:value ?value .
  OPTIONAL { ?figure bl:counterpart ?partner }
  OPTIONAL { ?figure bl:valueQualifier ?qualifier }
  OPTIONAL { ?figure bl:shareOf ?whole }
  OPTIONAL { ?figure bl:classifiedAs ?goods . ?goods a bl:Commodity }
}"""

BROADER = "SELECT ?goods ?broader WHERE { ?goods a bl:Commodity ; skos:broader ?broader }"

LIMITS = """
SELECT ?limit ?goods ?author ?target WHERE {
  ?limit bl:restrictsCommodity ?goods ; bl:adoptedBy ?author .
  OPTIONAL { ?limit bl:imposedAgainst ?target }
}"""

LIVES = """
SELECT ?event ?kind ?thing WHERE {
  ?event bl:affects ?thing .
  OPTIONAL {
    VALUES ?kind { bl:Foundation bl:Closure }
    ?event a ?kind .
  }
}"""

PERIODS = """
SELECT DISTINCT ?record ?note WHERE {
  { ?record bl:holdsDuring ?span } UNION { ?record bl:refPeriod ?span }
  ?span bl:timeNote ?note .
}"""

# The rules of OWL 2 RL (W3C Recommendation, tables 5 to 7) that evidence graphs and the vocabulary use, as SPARQL
# updates. Run all of them again and again until the graph no longer grows; then ask verdicts.rq.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

# prp-spo1
INSERT { ?x ?q ?y } WHERE { ?p rdfs:subPropertyOf ?q . ?x ?p ?y } ;

# prp-symp
INSERT { ?y ?p ?x } WHERE { ?p a owl:SymmetricProperty . ?x ?p ?y } ;

# prp-inv1, prp-inv2
INSERT { ?y ?q ?x } WHERE { ?p owl:inverseOf ?q . ?x ?p ?y } ;
INSERT { ?y ?p ?x } WHERE { ?p owl:inverseOf ?q . ?x ?q ?y } ;

# prp-spo2, for chains of two and of three
INSERT { ?x ?p ?z } WHERE {
  ?p owl:propertyChainAxiom ?l1 .
  ?l1 rdf:first ?p1 ; rdf:rest ?l2 .
  ?l2 rdf:first ?p2 ; rdf:rest rdf:nil .
  ?x ?p1 ?y . ?y ?p2 ?z
} ;
INSERT { ?w ?p ?z } WHERE {
  ?p owl:propertyChainAxiom ?l1 .
  ?l1 rdf:first ?p1 ; rdf:rest ?l2 .
  ?l2 rdf:first ?p2 ; rdf:rest ?l3 .
  ?l3 rdf:first ?p3 ; rdf:rest rdf:nil .
  ?w ?p1 ?x . ?x ?p2 ?y . ?y ?p3 ?z
} ;

# cls-hv2
INSERT { ?x a ?c } WHERE { ?c owl:hasValue ?v ; owl:onProperty ?p . ?x ?p ?v } ;

# cls-svf1
INSERT { ?x a ?c } WHERE { ?c owl:someValuesFrom ?d ; owl:onProperty ?p . ?y a ?d . ?x ?p ?y } ;

# cls-int1: as many members of the list have it as there are
INSERT { ?x a ?c } WHERE {
  { SELECT ?c (COUNT(?at) AS ?members) WHERE { ?c owl:intersectionOf/rdf:rest* ?at . ?at rdf:first ?m } GROUP BY ?c }
  { SELECT ?c ?x (COUNT(?at) AS ?had)
    WHERE { ?c owl:intersectionOf/rdf:rest* ?at . ?at rdf:first ?m . ?x a ?m } GROUP BY ?c ?x }
  FILTER(?members = ?had)
} ;

# cls-int2
INSERT { ?x a ?m } WHERE { ?c owl:intersectionOf/rdf:rest*/rdf:first ?m . ?x a ?c } ;

# cax-sco
INSERT { ?x a ?d } WHERE { ?c rdfs:subClassOf ?d . ?x a ?c } ;

# cls-hv1
INSERT { ?x ?p ?v } WHERE { ?c owl:hasValue ?v ; owl:onProperty ?p . ?x a ?c }

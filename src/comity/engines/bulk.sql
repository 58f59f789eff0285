-- Do claims satisfy rules, for many subjects at once? One text of views, for DuckDB, DataFusion and Spark alike:
-- no recursion, no quirk of one engine; names of tables stand in docs/bulk.md.
--
-- Facts are sets of ranks, one bit for each assurance from 0 (unattributed) to 5 (public authority): bit k says that a
-- fact is shown by evidence of rank k or above throughout. What needs several facts takes what is in all their sets
-- (bit_and), another way to the same fact adds its set (bit_or), and where an opposite proof stands its ranks are
-- taken out of what goes further. So every label of a proof that decides a verdict is in these numbers.
--
-- Precomputed on demand for the requirements asked about (comity.engines.routes): the routes along edges, at the
-- authority asked. The rest is computed here. What several facts together show, a choice and a lift come out of
-- next_against and next_for; their rows are put into found_against, then found_for, until no new ones come. Before, the
-- rows of counted are put into bearing: as a rule they are few beside the evidence, and looked at more than once.

CREATE OR REPLACE TEMPORARY VIEW ranks AS
SELECT * FROM (
  VALUES (0, 1, 0, 1), (1, 2, 1, 3), (2, 4, 3, 7), (3, 8, 7, 15), (4, 16, 15, 31), (5, 32, 31, 63)
) AS r (rank, bit, below, upto);

-- Evidence that counts, by each route that begins at it: where none does, it shows nothing that is asked about.
CREATE OR REPLACE TEMPORARY VIEW counted AS
SELECT
  e.evidence, e.subject, w.fact, w.source, w.target, w.scope, r.upto AS ranks, e.admission,
  w.verified AND NOT e.unverified AS checked
FROM evidence e
JOIN routes w ON w.source = e.criterion AND w.fact = e.fact
JOIN ranks r ON r.rank = e.rank
WHERE e.valid AND (w.fact = 'not-all' OR NOT e.assumed AND NOT e.unverified);

-- Against -------------------------------------------------------------------------------------------------------------
-- Ranks of what shows that a criterion is not met: all of it, the operator's own admissions, and of both what leans on
-- checked records alone.

CREATE OR REPLACE TEMPORARY VIEW ways_against AS
SELECT
  subject, target AS criterion, ranks AS shown, CASE WHEN admission THEN ranks ELSE 0 END AS admitted,
  CASE WHEN checked THEN ranks ELSE 0 END AS shown_checked,
  CASE WHEN checked AND admission THEN ranks ELSE 0 END AS admitted_checked
FROM bearing
WHERE fact = 'not-all'
UNION ALL
SELECT
  f.subject, r.target AS criterion, f.shown, f.admitted, CASE WHEN r.verified THEN f.shown_checked ELSE 0 END AS shown_checked,
  CASE WHEN r.verified THEN f.admitted_checked ELSE 0 END AS admitted_checked
FROM found_against f JOIN routes r ON r.fact = 'not-all' AND r.source = f.criterion;

CREATE OR REPLACE TEMPORARY VIEW reached_against AS
SELECT
  subject, criterion, bit_or(shown) AS shown, bit_or(admitted) AS admitted, bit_or(shown_checked) AS shown_checked,
  bit_or(admitted_checked) AS admitted_checked
FROM ways_against
GROUP BY subject, criterion;

-- An admission stands against every rank.
CREATE OR REPLACE TEMPORARY VIEW opposed AS
SELECT subject, criterion, CASE WHEN admitted <> 0 THEN 63 ELSE shown END AS ranks
FROM reached_against;

CREATE OR REPLACE TEMPORARY VIEW next_against AS
SELECT
  a.subject, t.target AS criterion, bit_and(a.shown) AS shown, bit_and(a.admitted) AS admitted,
  bit_and(CASE WHEN t.verified THEN a.shown_checked ELSE 0 END) AS shown_checked,
  bit_and(CASE WHEN t.verified THEN a.admitted_checked ELSE 0 END) AS admitted_checked
FROM reached_against a JOIN together t ON t.fact = 'not-all' AND t.member = a.criterion
GROUP BY a.subject, t.rule, t.target, t.size
HAVING COUNT(*) = t.size
UNION ALL
SELECT
  k.high AS subject, a.criterion, a.shown, a.admitted, CASE WHEN l.verified THEN a.shown_checked ELSE 0 END AS shown_checked,
  CASE WHEN l.verified THEN a.admitted_checked ELSE 0 END AS admitted_checked
FROM reached_against a
JOIN lifts l ON l.fact = 'not-all' AND l.criterion = a.criterion
JOIN links k ON k.low = a.subject;

-- For -----------------------------------------------------------------------------------------------------------------
-- Ranks of what shows that a criterion is met: once whatever the role (role = ''), once for each role that all of the
-- evidence has. What is assumed or unverified is not in them.

CREATE OR REPLACE TEMPORARY VIEW brought_for AS
SELECT subject, source, target, scope, '' AS role, ranks
FROM bearing
WHERE fact = 'all'
UNION ALL
SELECT b.subject, b.source, b.target, b.scope, o.role, b.ranks
FROM bearing b JOIN roles o ON o.evidence = b.evidence
WHERE b.fact = 'all'
UNION ALL
SELECT f.subject, r.source, r.target, r.scope, f.role, f.ranks
FROM found_for f JOIN routes r ON r.fact = 'all' AND r.source = f.criterion;

-- What is opposed at its source goes no further. Opposition anywhere on a route travels back to its source, so that
-- nothing has to be asked in between; at the target itself it takes nothing away.
CREATE OR REPLACE TEMPORARY VIEW ways_for AS
SELECT
  b.subject, b.target AS criterion, b.role,
  CASE WHEN o.ranks IS NULL OR b.source = b.target THEN b.ranks ELSE b.ranks & (63 - o.ranks) END AS ranks
FROM brought_for b
LEFT JOIN opposed o ON o.subject = b.subject AND o.criterion = b.source
LEFT JOIN within w ON w.subject = b.subject AND w.scope = b.scope
WHERE b.scope = '' OR w.scope IS NOT NULL;

CREATE OR REPLACE TEMPORARY VIEW passed_for AS
SELECT f.subject, f.criterion, f.role, CASE WHEN o.ranks IS NULL THEN f.ranks ELSE f.ranks & (63 - o.ranks) END AS ranks
FROM (SELECT subject, criterion, role, bit_or(ranks) AS ranks FROM ways_for GROUP BY subject, criterion, role) AS f
LEFT JOIN opposed o ON o.subject = f.subject AND o.criterion = f.criterion;

CREATE OR REPLACE TEMPORARY VIEW next_for AS
SELECT f.subject, t.target AS criterion, f.role, bit_and(f.ranks) AS ranks
FROM passed_for f JOIN together t ON t.fact = 'all' AND t.member = f.criterion
GROUP BY f.subject, f.role, t.rule, t.target, t.size
HAVING COUNT(*) = t.size
UNION ALL
SELECT k.low AS subject, f.criterion, f.role, f.ranks
FROM passed_for f
JOIN lifts l ON l.fact = 'all' AND l.criterion = f.criterion
JOIN links k ON k.high = f.subject;

-- Verdicts ------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE TEMPORARY VIEW told AS
SELECT
  requirement, subject, bit_or(met) AS met, bit_or(met_in_role) AS met_in_role, bit_or(unmet) AS unmet,
  bit_or(admitted) AS admitted
FROM (
  SELECT
    q.requirement, f.subject, CASE WHEN f.role = '' THEN f.ranks ELSE 0 END AS met,
    CASE WHEN f.role = q.role THEN f.ranks ELSE 0 END AS met_in_role, 0 AS unmet, 0 AS admitted
  FROM ways_for f JOIN requirements q ON q.criterion = f.criterion AND (f.role = '' OR f.role = q.role)
  UNION ALL
  SELECT q.requirement, a.subject, 0 AS met, 0 AS met_in_role, a.shown_checked AS unmet, a.admitted_checked AS admitted
  FROM ways_against a JOIN requirements q ON q.criterion = a.criterion
) AS t
GROUP BY requirement, subject;

-- A failure conflicts with what shows that the criterion is met at the lower of the rank asked and its own.
CREATE OR REPLACE TEMPORARY VIEW decided AS
SELECT
  t.requirement, t.subject,
  CASE
    WHEN (t.unmet & r.bit) <> 0 THEN CASE WHEN (t.met & r.bit) <> 0 THEN 'conflicting' ELSE 'failed' END
    WHEN t.admitted <> 0 THEN CASE WHEN (t.met & r.upto & (63 - a.below)) <> 0 THEN 'conflicting' ELSE 'failed' END
    WHEN (t.met_in_role & r.bit) <> 0 THEN 'satisfied'
  END AS verdict
FROM told t
JOIN requirements q ON q.requirement = t.requirement
JOIN ranks r ON r.rank = q.rank
LEFT JOIN ranks a ON a.upto = t.admitted
WHERE (t.met_in_role & r.bit) <> 0 OR (t.unmet & r.bit) <> 0 OR t.admitted <> 0;

-- What is neither satisfied, failed nor conflicting has no row: most requirements of a market say nothing of most
-- subjects.
CREATE OR REPLACE TEMPORARY VIEW verdicts AS
SELECT requirement, subject, verdict
FROM (
  SELECT d.requirement, d.subject, d.verdict, s.kind FROM decided d JOIN subjects s ON s.subject = d.subject
) AS v
WHERE EXISTS (SELECT 1 FROM applies p WHERE p.requirement = v.requirement AND p.kind = v.kind);

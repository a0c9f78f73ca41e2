import type { DueKind } from "../core/ports.ts";

/**
 * `SKIP LOCKED` gives replicas that ask at the same time different requests; the subselects make use of the index. A retry
 * after a lost reply finds its own claim.
 */
const claimBy = (time: string): string => `
  WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS now),
  picked AS MATERIALIZED (
    SELECT number FROM requests
    WHERE ${time} <= (SELECT now FROM clock) AND schema <= $3
      AND (lease_until IS NULL OR lease_until <= (SELECT now FROM clock) OR lease_id = $4)
    ORDER BY ${time}, number LIMIT $1 FOR UPDATE SKIP LOCKED
  ),
  claimed AS (
    UPDATE requests r SET lease_id = $4, lease_until = (SELECT now FROM clock) + $2 * interval '1 millisecond'
    FROM picked WHERE r.number = picked.number RETURNING r.number, r.${time} AS since, r.document
  )
  SELECT number::text, document::text FROM claimed ORDER BY since, claimed.number`;

/** Parameters: how many, for how many ms, the newest schema that is known, the id of the claim. */
export const CLAIM: Readonly<Record<DueKind, string>> = { all: claimBy("due_at"), urgent: claimBy("urgent_at") };

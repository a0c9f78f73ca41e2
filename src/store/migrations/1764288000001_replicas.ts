import type { MigrationBuilder } from "node-pg-migrate";

/** What several replicas share besides the requests. */
export function up(pgm: MigrationBuilder): void {
  pgm.sql(`
    CREATE TABLE mutexes (
      key text PRIMARY KEY,
      owner uuid NOT NULL,
      lease_until timestamptz NOT NULL
    );
    CREATE TABLE rate_slots (
      name text PRIMARY KEY,
      next_free timestamptz NOT NULL
    );
    CREATE TABLE opened_homes (
      viewer text PRIMARY KEY,
      team text NOT NULL,
      opened_at timestamptz NOT NULL
    );
    CREATE INDEX opened_homes_latest ON opened_homes (opened_at);
  `);
}

export function down(pgm: MigrationBuilder): void {
  pgm.sql("DROP TABLE opened_homes, rate_slots, mutexes;");
}

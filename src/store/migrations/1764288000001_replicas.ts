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
  `);
}

export function down(pgm: MigrationBuilder): void {
  pgm.sql("DROP TABLE rate_slots, mutexes;");
}

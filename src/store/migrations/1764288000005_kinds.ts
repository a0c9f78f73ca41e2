import type { MigrationBuilder } from "node-pg-migrate";

/** Requests are counted by kind and state without reading their documents. */
export function up(pgm: MigrationBuilder): void {
  pgm.sql(`
    ALTER TABLE requests ADD COLUMN kind text NOT NULL GENERATED ALWAYS AS (coalesce(document->>'kind', '')) STORED;
    CREATE INDEX requests_kind ON requests (kind, state);
  `);
}

export function down(pgm: MigrationBuilder): void {
  pgm.sql("ALTER TABLE requests DROP COLUMN kind;");
}

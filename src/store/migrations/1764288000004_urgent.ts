import type { MigrationBuilder } from "node-pg-migrate";

/** What people miss is found without the looks at the progress, of which thousands may be late. */
export function up(pgm: MigrationBuilder): void {
  pgm.sql(`
    ALTER TABLE requests ADD COLUMN urgent_at timestamptz;
    CREATE INDEX requests_urgent ON requests (urgent_at, number) WHERE urgent_at IS NOT NULL;
  `);
}

export function down(pgm: MigrationBuilder): void {
  pgm.sql("ALTER TABLE requests DROP COLUMN urgent_at;");
}

import type { MigrationBuilder } from "node-pg-migrate";

/** The languages that channels have chosen. */
export function up(pgm: MigrationBuilder): void {
  pgm.sql("CREATE TABLE channel_locales (channel text PRIMARY KEY, locale text NOT NULL)");
}

export function down(pgm: MigrationBuilder): void {
  pgm.sql("DROP TABLE channel_locales");
}

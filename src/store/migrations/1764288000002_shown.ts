import type { MigrationBuilder } from "node-pg-migrate";

/** What Slack shows of ours, so that any replica can go on with it. */
export function up(pgm: MigrationBuilder): void {
  pgm.sql(`
    CREATE TABLE shown_messages (
      place text PRIMARY KEY,
      digest text NOT NULL,
      shown_at timestamptz NOT NULL
    );
    CREATE INDEX shown_messages_oldest ON shown_messages (shown_at);
    ALTER TABLE opened_homes
      ADD COLUMN pages jsonb NOT NULL DEFAULT '{"waiting": 0, "mine": 0, "open": 0}',
      ADD COLUMN acts integer NOT NULL DEFAULT 0;
  `);
}

export function down(pgm: MigrationBuilder): void {
  pgm.sql("ALTER TABLE opened_homes DROP COLUMN pages, DROP COLUMN acts; DROP TABLE shown_messages;");
}

import type { MigrationBuilder } from "node-pg-migrate";

/** The columns repeat what the document says, for what the database has to find, order or keep unique. */
export function up(pgm: MigrationBuilder): void {
  pgm.sql(`
    CREATE SEQUENCE request_numbers;

    CREATE TABLE requests (
      number bigint PRIMARY KEY,
      version integer NOT NULL,
      schema integer NOT NULL,
      state text NOT NULL,
      requester text NOT NULL,
      channel text NOT NULL,
      card text,
      task text,
      form text NOT NULL,
      name_in_use text,
      due_at timestamptz,
      lease_until timestamptz,
      lease_id uuid,
      change_id uuid NOT NULL,
      document jsonb NOT NULL
    );
    CREATE UNIQUE INDEX requests_form ON requests (form);
    CREATE UNIQUE INDEX requests_name_in_use ON requests (name_in_use);
    CREATE UNIQUE INDEX requests_card ON requests (channel, card);
    CREATE UNIQUE INDEX requests_task ON requests (task);
    CREATE INDEX requests_due ON requests (due_at, number) WHERE due_at IS NOT NULL;
    CREATE INDEX requests_requester ON requests (requester, number);
    CREATE INDEX requests_channel ON requests (channel, number);
    CREATE INDEX requests_state ON requests (state, number);

    CREATE TABLE seen_keys (
      key text PRIMARY KEY,
      change_id uuid NOT NULL,
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX seen_keys_expiry ON seen_keys (expires_at);

    COMMENT ON COLUMN requests.change_id IS 'of the last write: one whose answer was lost recognises itself';
    COMMENT ON COLUMN requests.lease_id IS 'of the last claim, likewise';
  `);
}

export function down(pgm: MigrationBuilder): void {
  pgm.sql("DROP TABLE seen_keys, requests; DROP SEQUENCE request_numbers;");
}

import type { ClientConfig } from "pg";
import { DatabaseError, Pool } from "pg";
import type { FaultCode } from "../core/fault.ts";
import { describeFault, Fault, isFault } from "../core/fault.ts";
import type { Clock, Log } from "../core/ports.ts";

export interface DatabaseAddress {
  /** `postgres://…`, with the password. */
  readonly url: string;
  /** Without user and password, safe to log: `host:port/database`. */
  readonly name: string;
}

export interface DatabaseLimits {
  /** The most connections open at once. */
  readonly connections: number;
  /** Milliseconds to wait for a connection from the pool. */
  readonly connectMs: number;
  /** Milliseconds a statement may take. */
  readonly statementMs: number;
  /** Milliseconds after which a failing piece of work is not retried. */
  readonly patienceMs: number;
}

export interface DatabaseOptions {
  readonly address: DatabaseAddress;
  readonly log: Log;
  readonly clock: Pick<Clock, "sleep">;
  readonly limits?: Partial<DatabaseLimits>;
}

export type Query = (sql: string, values?: readonly unknown[]) => Promise<readonly unknown[]>;

const LIMITS: DatabaseLimits = { connections: 10, connectMs: 5_000, statementMs: 10_000, patienceMs: 10_000 };
/** Serialization failures need many short waits, a server that starts again a few long ones. */
const WAITS_MS: readonly number[] = [10, 20, 40, 80, 160, 320, 640, 1_280, 2_560];

/** @see postgresql.org, Appendix A: connection, serialization and deadlock, shutdown and start, too many, a stand-by */
const PASSING = /^(?:08...|40...|57P0[1-3]|53300|25006)$/;

/** A connection pool that bounds every wait and retries transient failures. */
export class Database {
  readonly #pool: Pool;
  readonly #options: DatabaseOptions;
  readonly #patienceMs: number;
  #closed: Promise<void> | undefined;

  constructor(options: DatabaseOptions) {
    const limits = { ...LIMITS, ...options.limits };
    this.#options = options;
    this.#patienceMs = limits.patienceMs;
    this.#pool = new Pool({ ...connectionSettings(options.address.url, limits), max: limits.connections });
    this.#pool.on("error", (error) => this.#noteLoss(error));
    // The pool listens only to idle connections; without this, an error on one in use would end the process.
    this.#pool.on("connect", (client) => client.on("error", (error) => this.#noteLoss(error)));
  }

  #noteLoss(error: Error): void {
    this.#options.log.warn("losing a connection to the database", { because: describeFault(error) });
  }

  get name(): string {
    return this.#options.address.name;
  }

  /**
   * Runs work that is safe to repeat: after a lost connection, it may or may not have been done.
   * @throws {Fault} `code` when it fails for good, or for longer than people wait
   */
  async attempt<T>(code: FaultCode, doing: string, work: (query: Query) => Promise<T>): Promise<T> {
    const began = performance.now();
    for (const waitMs of WAITS_MS) {
      try {
        return await work(this.#query);
      } catch (error) {
        if (!isPassing(error) || performance.now() - began > this.#patienceMs) throw storeFault(code, doing, error);
        this.#options.log.debug("trying the database again", { doing, because: describeFault(error) });
        await this.#options.clock.sleep(waitMs * (0.5 + Math.random()));
      }
    }
    return work(this.#query).catch((error: unknown) => {
      throw storeFault(code, doing, error);
    });
  }

  readonly #query: Query = async (sql, values = []) => (await this.#pool.query(sql, [...values])).rows;

  /** One transaction on one connection; each statement sees what was committed before it. */
  async transaction<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    try {
      await client.query("BEGIN ISOLATION LEVEL READ COMMITTED");
      const result = await work(async (sql, values = []) => (await client.query(sql, [...values])).rows);
      await client.query("COMMIT");
      client.release();
      return result;
    } catch (error) {
      // The connection is in an unknown state; the server rolls back when it is closed.
      client.release(true);
      throw error;
    }
  }

  /** Waits for running work and rejects new work. */
  async close(): Promise<void> {
    this.#closed ??= this.#pool.end();
    await this.#closed;
  }
}

/** How every connection is made. The server ends a statement in time, and the client does not wait for a silent server. */
export function connectionSettings(
  url: string,
  { connectMs, statementMs }: Pick<DatabaseLimits, "connectMs" | "statementMs">,
): ClientConfig {
  return {
    connectionString: url,
    application_name: "avatar-bot",
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: statementMs,
    query_timeout: statementMs + 1_000,
    keepAlive: true,
  };
}

/** An error without a code from the server comes from the connection. */
function isPassing(error: unknown): boolean {
  return error instanceof DatabaseError ? PASSING.test(error.code ?? "") : !isFault(error);
}

export function storeFault(code: FaultCode, doing: string, error: unknown): Fault {
  if (isFault(error)) return error;
  // For a host with several addresses Node throws an AggregateError with an empty message.
  const cause = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
  return new Fault(code, doing, { cause });
}

import { readFileSync } from "node:fs";
import cron from "node-cron";
import type { StoreLocation } from "./store-location.ts";
import { parseStoreUrl } from "./store-location.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

interface Range {
  readonly low: number;
  readonly high: number;
  readonly whole?: boolean;
}

/** What a value may look like that is repeated in a message. Keys and tokens are longer. */
const HARMLESS = /^(?!xox|xapp)[\w .,*/:@+-]{0,20}$/i;

/** Reads settings one by one, and collects what is wrong with them. */
export class SettingReader {
  readonly problems: string[] = [];
  readonly #env: Environment;
  readonly #readFile: (path: string) => string;
  readonly #refused = new Set<string>();

  constructor(env: Environment, readFile = (path: string): string => readFileSync(path, "utf8")) {
    this.#env = env;
    this.#readFile = readFile;
  }

  problem(text: string): void {
    this.problems.push(text);
  }

  text(name: string, otherwise: string): string {
    return this.#env[name]?.trim() || otherwise;
  }

  /** From the variable itself, or from the file that `…_FILE` names; empty when neither is set or something is wrong. */
  secret(name: string): string {
    const [value, path] = [this.text(name, ""), this.text(`${name}_FILE`, "")];
    if (path === "") return value;
    if (value !== "") return this.#refuse(name, `${name} and ${name}_FILE are both set: remove one`);
    try {
      return this.#readFile(path).trim() || this.#refuse(name, `${name}_FILE: ${path} is empty`);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
      return this.#refuse(name, `${name}_FILE: ${path} cannot be read (${code})`);
    }
  }

  /** @param where  to find it */
  required(name: string, where: string): string {
    const value = this.secret(name);
    if (this.isMissing(name, value)) this.problem(`${name} is missing: ${where}`);
    return value;
  }

  /** Whether nothing was given, not even something wrong. */
  isMissing(name: string, value: string): boolean {
    return value === "" && !this.#refused.has(name);
  }

  #refuse(name: string, problem: string): "" {
    this.#refused.add(name);
    this.problem(problem);
    return "";
  }

  /** An address may have a password in it, so it is never repeated. */
  url(name: string, otherwise: string): string {
    const value = this.text(name, otherwise);
    const isHttp = value === "" || (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol));
    if (!isHttp) this.problem(`${name} is not an address that begins with http:// or https://`);
    return value;
  }

  number(name: string, otherwise: number, { low, high, whole }: Range): number {
    const raw = this.text(name, "");
    const value = raw === "" ? otherwise : Number(raw);
    if (!(value >= low && value <= high) || (whole && !Number.isInteger(value)))
      this.problem(`${name} is not a ${whole ? "whole " : ""}number from ${low} to ${high}${shown(raw)}`);
    return value;
  }

  flag(name: string): boolean {
    const value = this.text(name, "false").toLowerCase();
    if (!["true", "false", "1", "0"].includes(value)) this.problem(`${name} is neither true nor false${shown(value)}`);
    return value === "true" || value === "1";
  }

  people(name: string): string[] {
    const ids = this.text(name, "")
      .split(",")
      .map((id) => id.trim())
      .filter((id) => id !== "");
    const wrong = ids.filter((id) => !/^[SUW][A-Z0-9]+$/.test(id));
    if (wrong.length > 0)
      this.problem(`${name} takes Slack user ids such as U012AB3CD, or those of user groups${shown(wrong.join(", "))}`);
    return ids;
  }

  /** Host names, some with a port. */
  hosts(name: string): string[] {
    const hosts = this.text(name, "")
      .split(",")
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== "");
    const wrong = hosts.filter((host) => !URL.canParse(`https://${host}`) || new URL(`https://${host}`).host !== host);
    if (wrong.length > 0) this.problem(`${name} takes host names such as files.example.com${shown(wrong.join(", "))}`);
    return hosts;
  }

  cron(name: string, otherwise: string): string {
    const value = this.text(name, otherwise);
    if (!cron.validate(value)) this.problem(`${name} is not a cron expression (seconds first)${shown(value)}`);
    return value;
  }

  oneOf<T extends string>(name: string, values: readonly T[], otherwise: T): T {
    const value = this.text(name, otherwise);
    const known = values.find((v) => v === value);
    if (known === undefined) this.problem(`${name} is none of ${values.join(", ")}${shown(value)}`);
    return known ?? otherwise;
  }

  store(name: string, otherwise: string): StoreLocation {
    const store = parseStoreUrl(this.secret(name) || otherwise);
    if (!store) this.problem(`${name} is neither file:./data nor postgres://user:password@host:5432/database`);
    return store ?? { type: "files", dir: "" };
  }
}

/** Somebody may have put a secret under the wrong name. */
function shown(value: string): string {
  return HARMLESS.test(value) ? `: ${JSON.stringify(value)}` : " (its value is not repeated here)";
}

import type { Node } from "oxc-parser";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { isText, memberOf, readSources, readText } from "./source-tree.ts";

/** Read from a file as well: NAME_FILE. */
const SECRETS = [
  "IVH_ACCESS_TOKEN",
  "IVH_APPKEY",
  "SLACK_APP_TOKEN",
  "SLACK_BOT_TOKEN",
  "SLACK_SIGNING_SECRET",
  "STORE_URL",
];

/** Every setting with its default, empty where there is none: the code, the table and the example agree. */
type Settings = Readonly<Record<string, string>>;

const inCode = settingsInCode();

describe("the settings", () => {
  it("are all found in the code", () => {
    const [files, names] = partition(namesThatAreRead(), (name) => name.endsWith("_FILE"));
    expect(Object.keys(inCode).sort()).toEqual(names);
    expect(files).toEqual(SECRETS.map((name) => `${name}_FILE`));
  });

  it("that are secrets are named with their files in docs/configuration.md", () => {
    const document = readText("docs/configuration.md");
    expect(SECRETS.filter((name) => !document.includes(`\`${name}_FILE\``))).toEqual([]);
  });

  it("stand in docs/configuration.md with their defaults", () => {
    expect(settingsInTable()).toEqual(inCode);
  });

  it("stand in .env.example with their defaults", () => {
    expect(settingsInExample()).toEqual(inCode);
  });

  it("are found missing one by one: what .env.example leaves open is what must be given", () => {
    const open = readText(".env.example").match(/^[A-Z_]+=$/gm) ?? [];
    const tokens: Settings = { SLACK_BOT_TOKEN: "xoxb-given", SLACK_APP_TOKEN: "xapp-given" };
    const names = open.map((line) => line.slice(0, -1));
    const given = Object.fromEntries(names.map((name) => [name, tokens[name] ?? "given"]));
    expect(() => readConfig(given)).not.toThrow();
    for (const name of Object.keys(given)) expect(() => readConfig({ ...given, [name]: "" })).toThrow(name);
  });
});

function partition(names: readonly string[], isFirst: (name: string) => boolean): [string[], string[]] {
  return [names.filter(isFirst), names.filter((name) => !isFirst(name))];
}

/** `read.number("PORT", 3000, …)`: the name, and the default when there is one. */
function settingsInCode(): Settings {
  const config = readSources().find(({ path }) => path === "src/config.ts");
  if (!config) throw new Error("looking for src/config.ts: it is not there");
  return Object.fromEntries(config.nodes.flatMap(({ node }) => settingOf(node) ?? []));
}

function settingOf(node: Node): [[string, string]] | undefined {
  if (node.type !== "CallExpression") return undefined;
  const [name, otherwise] = node.arguments;
  const reader = memberOf(node.callee);
  if (reader?.object.type !== "Identifier" || reader.object.name !== "read" || !isText(name)) return undefined;
  if (!/^[A-Z_]+$/.test(name.value)) return undefined;
  if (reader.name === "isMissing") return undefined;
  if (reader.name === "flag") return [[name.value, "false"]];
  if (reader.name === "required") return [[name.value, ""]];
  const told = reader.name === "oneOf" ? node.arguments.at(-1) : otherwise;
  return [[name.value, told?.type === "Literal" ? String(told.value) : ""]];
}

function namesThatAreRead(): string[] {
  const names = new Set<string>();
  const env = new Proxy<Record<string, string>>(
    {},
    {
      get: (_env, name) => {
        names.add(String(name));
        return undefined;
      },
    },
  );
  expect(() => readConfig(env)).toThrow();
  return [...names].sort();
}

/** `| \`PORT\` | \`3000\` | meaning |`; a default that is not code is a remark. */
function settingsInTable(): Settings {
  const rows = readText("docs/configuration.md").matchAll(/^\| `([A-Z_]+)` \|([^|]*)\|/gm);
  return Object.fromEntries([...rows].map(([, name, cell]) => [name, /^ `(.*)` $/.exec(cell ?? "")?.[1] ?? ""]));
}

function settingsInExample(): Settings {
  const lines = readText(".env.example").matchAll(/^#?([A-Z_]+)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name, value ?? ""]));
}

import { describe, expect, it } from "vitest";
import { readFlags, takenByNpm, usage } from "../../../sandbox/flags.ts";

const CHOICES = { kinds: ["IMAGE", "IMAGE_PHOTO"], faults: ["503", "cut"] };
const read = (line: string) => readFlags(line.split(" ").filter(Boolean), CHOICES);
const NONE = {
  kinds: [],
  faults: [],
  gateway: "international",
  via: "socket",
  stay: false,
  watch: false,
  verbose: false,
  help: false,
};

describe("the sandbox's flags", () => {
  it.each([
    ["", NONE],
    ["--play IMAGE IMAGE_PHOTO --http", { ...NONE, kinds: ["IMAGE", "IMAGE_PHOTO"], via: "http" }],
    ["--play image,image_photo", { ...NONE, kinds: ["IMAGE", "IMAGE_PHOTO"] }],
    ["--play=IMAGE --play IMAGE_PHOTO", { ...NONE, kinds: ["IMAGE", "IMAGE_PHOTO"] }],
    ["--with 503,cut", { ...NONE, faults: ["503", "cut"] }],
    ["--with 503 cut --play IMAGE", { ...NONE, kinds: ["IMAGE"], faults: ["503", "cut"] }],
    ["--http IMAGE", { ...NONE, kinds: ["IMAGE"], via: "http" }],
    ["--stay", { ...NONE, stay: true }],
    ["--stay --port 8080", { ...NONE, stay: true, port: 8080 }],
    ["--port=8080 --stay", { ...NONE, stay: true, port: 8080 }],
    ["--gateway mainland --http", { ...NONE, gateway: "mainland", via: "http" }],
    ["--stay --watch", { ...NONE, stay: true, watch: true }],
    ["--stay --verbose", { ...NONE, stay: true, verbose: true }],
    ["-h", { ...NONE, help: true }],
  ])("%s", (line, flags) => {
    expect(read(line)).toEqual(flags);
  });

  it.each([
    ["--stays", "There is no flag --stays. Did you mean --stay?"],
    ["stay", "stay is a flag: write npm run sandbox -- --stay"],
    ["--play IMAGE http", "http is a flag: write npm run sandbox -- --http"],
    ["--xyz", "There is no flag --xyz."],
    ["-x", "There is no flag -x."],
    ["--play", "--play needs at least one kind."],
    ["--play --http", "--play needs at least one kind."],
    ["--with", "--with needs at least one fault."],
    ["--http=yes", "--http takes no value."],
    ["--port", "--port needs a number."],
    ["--port x", "--port takes one number from 1 to 65535, not x."],
    ["--port 0", "--port takes one number from 1 to 65535, not 0."],
    ["--port 80 81", "--port takes one number from 1 to 65535, not 80 81."],
    ["--play VIDEO", "There is no kind VIDEO: there are IMAGE, IMAGE_PHOTO."],
    ["--with 404", "There is no fault 404: there are 503, cut."],
  ])("%s is refused: %s", (line, said) => {
    expect(() => read(line)).toThrow(said);
  });

  it("that npm took for itself are named, with what to type", () => {
    expect(takenByNpm({ npm_config_stay: "true", npm_config_port: "4700" })).toMatch(
      /npm took --port --stay.* -- --port --stay$/,
    );
    expect(takenByNpm({ npm_config_verbose: "true", npm_config_user_agent: "npm" })).toBeUndefined();
  });

  it("are explained with every kind and fault", () => {
    for (const word of [...CHOICES.kinds, ...CHOICES.faults]) expect(usage(CHOICES)).toContain(word);
  });
});

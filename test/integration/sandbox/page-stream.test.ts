import { once } from "node:events";
import { createServer, type IncomingMessage, request, ServerResponse } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { ChangeStream, type News } from "../../../sandbox/page/server/change-stream.ts";
import { listenHere } from "../../fixtures/loopback.ts";
import { HandClock } from "./hand-clock.ts";

/** One page that reads what it is sent, or stops reading. */
class Reader {
  readonly told: string[] = [];
  readonly response: ServerResponse;
  isSlow = false;

  constructor() {
    this.response = new ServerResponse({ method: "GET" } as IncomingMessage);
    Object.assign(this.response, {
      write: (text: string) => {
        this.told.push(text);
        return !this.isSlow;
      },
      writeHead: () => this.response,
      end: () => this.response.emit("close"),
    });
  }

  readOn(): void {
    this.isSlow = false;
    this.response.emit("drain");
  }

  /** What came since the last call, without comments and retry. */
  events(): string[] {
    const events = this.told.join("").split("\n\n");
    this.told.length = 0;
    return events.filter((event) => event.startsWith("event:")).map((event) => event.replace("\ndata:", ""));
  }
}

function setUp(activities: string[] = []) {
  const clock = new HandClock();
  const now = { state: "1", asked: 0 };
  const news: News = {
    state() {
      now.asked += 1;
      return now.state;
    },
    activities: (after) => ({ all: activities.slice(after), upTo: activities.length }),
  };
  const stream = new ChangeStream(news, clock);
  const open = (): Reader => {
    const reader = new Reader();
    stream.open(reader.response);
    return reader;
  };
  return { clock, now, stream, open, activities };
}

it("begins with all there is, and a page that opens later gets the same", () => {
  const { open, now } = setUp(['{"id":1}']);
  const first = open();
  expect(first.events()).toEqual(["event: state 1", 'event: activity [{"id":1}]']);
  now.state = "2";
  expect(open().events()).toEqual(["event: state 2", 'event: activity [{"id":1}]']);
  expect(first.events()).toEqual([]);
});

it("tells at most ten states a second, and always the last one", () => {
  const { clock, now, stream, open } = setUp();
  const reader = open();
  clock.goOn(1000);
  reader.events();
  for (let i = 0; i < 100; i += 1) {
    now.state = `s${i}`;
    stream.changed();
    clock.goOn(10);
  }
  const last = reader.events();
  expect(last.length).toBeGreaterThanOrEqual(10);
  expect(last.length).toBeLessThanOrEqual(11);
  clock.goOn(100);
  expect([...last, ...reader.events()].at(-1)).toBe("event: state s99");
});

it("sends nothing when nothing is different, and asks for nothing when nobody looks", () => {
  const { clock, now, stream, open } = setUp();
  stream.changed();
  clock.goOn(1000);
  expect(now.asked).toBe(0);
  const reader = open();
  reader.events();
  stream.changed();
  clock.goOn(1000);
  expect(reader.events()).toEqual([]);
});

it("sends new activities only once to each page", () => {
  const { clock, stream, open, activities } = setUp();
  const [one, other] = [open(), open()];
  for (const reader of [one, other]) reader.events();
  activities.push('{"id":1}', '{"id":2}');
  stream.changed();
  clock.goOn(100);
  activities.push('{"id":3}');
  stream.changed();
  clock.goOn(100);
  for (const reader of [one, other])
    expect(reader.events()).toEqual(['event: activity [{"id":1},{"id":2}]', 'event: activity [{"id":3}]']);
});

it("keeps nothing for a page that does not read; it gets the last state once it does", () => {
  const { clock, now, stream, open, activities } = setUp();
  const [slow, quick] = [open(), open()];
  for (const reader of [slow, quick]) reader.events();
  slow.isSlow = true;
  for (let i = 0; i < 50; i += 1) {
    now.state = `s${i}`;
    activities.push(`${i}`);
    stream.changed();
    clock.goOn(100);
  }
  clock.goOn(60_000);
  expect(slow.told).toHaveLength(1);
  expect(quick.events()).toHaveLength(100);
  slow.readOn();
  clock.goOn(100);
  expect(slow.events().at(-2)).toBe("event: state s49");
});

it("beats while somebody looks, says what is wrong, and ends in order", () => {
  const { clock, stream, open } = setUp();
  const reader = open();
  reader.told.length = 0;
  clock.goOn(15_000);
  expect(reader.told).toEqual([": still here\n\n"]);
  stream.trouble("The bot has ended.");
  expect(reader.events()).toEqual(['event: trouble "The bot has ended."']);
  stream.close();
  clock.goOn(60_000);
  expect(reader.told).toEqual([]);
  expect(clock.waiting).toBe(0);
});

it("forgets a page that is closed", async () => {
  const { clock, now, stream } = setUp();
  const server = createServer((_request, response) => stream.open(response));
  onTestFinished(() => void server.close());
  const page = request(await listenHere(server)).end();
  const [answer] = await once(page, "response");
  expect(answer.headers["content-type"]).toBe("text/event-stream; charset=utf-8");
  page.destroy();
  const isAskedAt = (): boolean => {
    const before = now.asked;
    stream.changed();
    clock.goOn(200);
    return now.asked > before;
  };
  await expect.poll(isAskedAt).toBe(false);
});

import type { Socket } from "node:net";
import { connect } from "node:net";
import { z } from "zod";

/** Attacks the bot from a process of its own, until it is killed; tells how many connections are open once a second. */
const { port, clients, text, filler } = z
  .object({ port: z.number(), clients: z.number(), text: z.string(), filler: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ""));

const sockets = Array.from({ length: clients }, (): Socket => {
  const socket = connect(port, "127.0.0.1");
  // The bot closes and resets connections: that is what it should do.
  socket.on("error", () => undefined);
  socket.write(text);
  if (filler > 0) socket.write(Buffer.alloc(filler, "x"));
  return socket.resume();
});
setInterval(() => {
  process.stdout.write(`${sockets.filter(({ readyState }) => readyState === "open").length}\n`);
}, 500);

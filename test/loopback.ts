import { once } from "node:events";
import type { Server } from "node:net";

/** Lets a server listen on a free port of this machine only. @returns its address, e.g. `http://127.0.0.1:40123` */
export async function listenHere(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("listening on this machine: no port");
  return `http://127.0.0.1:${address.port}`;
}

import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

export interface Connections {
  /** Keeps the connection of a whole request open until its response has ended. */
  serve(res: ServerResponse): void;
  closeWaiting(): void;
}

/**
 * Bounds the connections that have sent no whole request: idle ones, half-sent headers, slow bodies, and refused bodies.
 * Beyond `most` the one that has waited longest is closed, so that slow clients cannot keep others out.
 */
export function boundWaiting(server: Server, most: number): Connections {
  const waiting = new Set<Socket>();
  const wait = (socket: Socket): void => {
    if (socket.destroyed) return;
    waiting.delete(socket);
    waiting.add(socket);
    const [oldest] = waiting;
    if (waiting.size > most) oldest?.destroy();
  };
  server.on("connection", (socket) => {
    socket.once("close", () => waiting.delete(socket));
    wait(socket);
  });
  return {
    serve(res) {
      const { socket } = res;
      if (!socket) return;
      waiting.delete(socket);
      res.once("close", () => wait(socket));
    },
    closeWaiting() {
      for (const socket of waiting) socket.destroy();
    },
  };
}

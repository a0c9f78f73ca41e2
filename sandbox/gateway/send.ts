import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Fault } from "../faults.ts";
import { messageOf } from "./refusal.ts";

export function codeFault(fault: Extract<Fault, { type: "code" }>): { code: number; message: string } {
  const code = Number(fault.code);
  return { code, message: fault.message ?? messageOf(code) };
}

/** @param cutAfter  bytes of the body after which the connection breaks */
export function send(response: ServerResponse, socket: Socket, body: string, cutAfter: number | undefined): void {
  const bytes = Buffer.from(body);
  response.writeHead(200, { "Content-Type": "application/json;charset=utf-8", "Content-Length": bytes.length });
  if (cutAfter === undefined) response.end(bytes);
  else response.write(bytes.subarray(0, cutAfter), () => socket.destroy());
}

import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";

/**
 * An agent that opens a connection for each request and keeps none. A kept one may be dead already, and then nobody
 * could tell whether a call that must not be repeated was made.
 * @param protocol  as a URL has it: `https:`, or `http:` for the sandbox
 * @param onReady  the connection stands, TLS included: only from here on can anything have been sent
 */
export function ownConnection(protocol: string, onReady: () => void): HttpAgent {
  const isTls = protocol === "https:";
  const agent: HttpAgent = isTls ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback);
    socket?.once(isTls ? "secureConnect" : "connect", onReady);
    return socket;
  };
  return agent;
}

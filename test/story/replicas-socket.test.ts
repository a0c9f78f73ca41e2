import { describe } from "vitest";
import { postgresServer } from "../fixtures/postgres-server.ts";
import { cutOffReplica, killedReplicas, severalDeliveries } from "./replica-stories.ts";

const server = postgresServer();

describe("three replicas on one PostgreSQL in Socket Mode", () => {
  severalDeliveries(server, "socket");
  killedReplicas(server, "socket");
  cutOffReplica(server, "socket");
});

import { describe } from "vitest";
import { postgresServer } from "../fixtures/postgres-server.ts";
import { killedReplicas, severalDeliveries } from "./replica-stories.ts";

const server = postgresServer();

describe("three replicas on one PostgreSQL in HTTP mode", () => {
  severalDeliveries(server, "http");
  killedReplicas(server, "http");
});

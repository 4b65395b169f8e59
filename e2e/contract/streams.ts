// Follows a job with the npm package `eventsource` over connections that are cut again and again; the client of the other
// calls is the one generated from openapi.yaml.
// Usage: node build/streams.js BASE_URL
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { EventSource } from "eventsource";
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/api.js";

type Client = ReturnType<typeof createClient<paths, "application/json">>;
type Snapshot = components["schemas"]["JobSnapshotEvent"];
type Change = components["schemas"]["JobChangeEvent"];

const PATIENCE_MILLIS = 120_000;
const FILES = 12;

/** The answer's body, or an error that shows the problem the server reported. */
function orFail<T>(call: string, answer: { data?: T | undefined; error?: unknown; response: Response }): T {
  if (answer.data === undefined) {
    throw new Error(`${call} answered ${answer.response.status}: ${JSON.stringify(answer.error)}`);
  }
  return answer.data;
}

/** Passes bytes on to the server; what is connected through it can be cut. */
class Wire {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor(target: URL) {
    this.server = createServer((near) => {
      const far = connect(Number(target.port), target.hostname);
      for (const [from, to] of [[near, far], [far, near]] as const) {
        this.sockets.add(from);
        from.on("error", () => to.destroy());
        from.on("close", () => {
          this.sockets.delete(from);
          to.destroy();
        });
        from.pipe(to);
      }
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.sockets.forEach((socket) => socket.destroy());
  }

  stop(): void {
    this.cut();
    this.server.close();
  }
}

async function submit(client: Client): Promise<string> {
  const files: string[] = [];
  for (let i = 0; i < FILES; i++) {
    const uploaded = await client.POST("/v1/files", {
      params: { header: { "Content-Disposition": `attachment; filename="${i}.txt"` } },
      headers: { "Content-Type": "application/octet-stream" },
      body: "",
      bodySerializer: () => new Blob([`text ${i}`]),
    });
    files.push(orFail("uploadFile", uploaded).id);
  }
  const job = await client.POST("/v1/jobs", {
    body: { files, steps: [{ operation: "noop", parameters: { durationMillis: 600 } }] },
  });
  return orFail("submitJob", job).id;
}

/** Every change must come once and in its order, however often the wire is cut; after the end, 204 ends the source. */
async function follow(url: string, wire: Wire): Promise<number> {
  const source = new EventSource(url);
  let last: number | undefined;
  let cuts = 0;
  let ended = false;
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      source.close();
      reject(new Error(why));
    };
    const timer = setTimeout(() => fail(`not over in time; last seen: ${last}`), PATIENCE_MILLIS);
    const take = (event: MessageEvent<string>): void => {
      const change = JSON.parse(event.data) as Change;
      if (last === undefined || change.sequence !== last + 1 || event.lastEventId !== String(change.sequence)) {
        fail(`${change.sequence} came after ${last}`);
      }
      last = change.sequence;
    };
    source.addEventListener("snapshot", (event: MessageEvent<string>) => {
      const snapshot = JSON.parse(event.data) as Snapshot;
      if (last !== undefined || snapshot.reset === true) {
        fail(`a snapshot came after ${last}`);
      }
      last = snapshot.sequence;
    });
    source.addEventListener("change", (event: MessageEvent<string>) => {
      take(event);
      if (cuts < 3) {
        cuts++;
        wire.cut();
      }
    });
    source.addEventListener("end", (event: MessageEvent<string>) => {
      take(event);
      ended = true;
    });
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) {
        clearTimeout(timer);
        if (ended) {
          resolve(cuts);
        } else {
          fail("the source gave up");
        }
      }
    });
  });
}

async function main(baseUrl: string): Promise<void> {
  const client = createClient<paths, "application/json">({ baseUrl, headers: { Accept: "application/json" } });
  const wire = new Wire(new URL(baseUrl));
  try {
    const job = await submit(client);
    const cuts = await follow(`${await wire.start()}/v1/jobs/${job}/events`, wire);
    console.log(`followed over ${cuts} cuts`);
  } finally {
    wire.stop();
  }
}

const [baseUrl] = process.argv.slice(2);
if (baseUrl === undefined) {
  console.error("usage: node build/streams.js BASE_URL");
  process.exit(2);
}
await main(baseUrl);

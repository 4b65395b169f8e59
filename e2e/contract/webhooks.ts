// Receives webhooks and verifies them with the library of the Standard Webhooks project; the client is the one generated
// from openapi.yaml.
// Usage: node build/webhooks.js BASE_URL
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import createClient from "openapi-fetch";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import type { components, paths } from "./generated/api.js";

type Client = ReturnType<typeof createClient<paths, "application/json">>;
type Endpoint = components["schemas"]["WebhookEndpoint"];
type JobEvent = components["schemas"]["WebhookJobEvent"];
type TestEvent = components["schemas"]["WebhookTestEvent"];

interface Delivery {
  headers: Record<string, string>;
  body: string;
}

const PATIENCE_MILLIS = 60_000;

/** The answer's body, or an error that shows the problem the server reported. */
function orFail<T>(call: string, answer: { data?: T | undefined; error?: unknown; response: Response }): T {
  if (answer.data === undefined) {
    throw new Error(`${call} answered ${answer.response.status}: ${JSON.stringify(answer.error)}`);
  }
  return answer.data;
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

async function text(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** A server of our own; what arrives is handed out one by one. */
class Receiver {
  private readonly arrived: Delivery[] = [];
  private readonly waiting: ((delivery: Delivery) => void)[] = [];
  private readonly server = createServer((request, response) => {
    void text(request).then((body) => {
      response.writeHead(204).end();
      const delivery = { headers: flat(request.headers), body };
      const first = this.waiting.shift();
      if (first === undefined) {
        this.arrived.push(delivery);
      } else {
        first(delivery);
      }
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async next(): Promise<Delivery> {
    const there = this.arrived.shift();
    if (there !== undefined) {
      return there;
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("no delivery came")), PATIENCE_MILLIS);
      this.waiting.push((delivery) => {
        clearTimeout(timer);
        resolve(delivery);
      });
    });
  }

  stop(): void {
    this.server.close();
  }
}

function verify<T>(secret: string, delivery: Delivery): T {
  return new Webhook(secret).verify(delivery.body, delivery.headers) as T;
}

function mustBeRefused(why: string, secret: string, delivery: Delivery): void {
  try {
    verify(secret, delivery);
  } catch (error) {
    if (error instanceof WebhookVerificationError) {
      return;
    }
    throw error;
  }
  throw new Error(`${why} was taken for genuine`);
}

function secretOf(endpoint: Endpoint): string {
  if (endpoint.secret === undefined) {
    throw new Error("the answer has no secret");
  }
  return endpoint.secret;
}

async function test(client: Client, endpoint: Endpoint): Promise<void> {
  const path = { endpointId: endpoint.id };
  orFail("testWebhookEndpoint", await client.POST("/v1/webhook-endpoints/{endpointId}/test", { params: { path } }));
}

async function endedJob(client: Client): Promise<string> {
  const uploaded = await client.POST("/v1/files", {
    params: { header: { "Content-Disposition": 'attachment; filename="a.txt"' } },
    headers: { "Content-Type": "application/octet-stream" },
    body: "",
    bodySerializer: () => new Blob(["some text"]),
  });
  const file = orFail("uploadFile", uploaded).id;
  const job = await client.POST("/v1/jobs", {
    params: { header: { Prefer: "wait=30" } },
    body: { files: [file], steps: [{ operation: "inspect" }], labels: { client: "ü" } },
  });
  return orFail("submitJob", job).id;
}

async function checkJobEvent(client: Client, receiver: Receiver, secret: string): Promise<void> {
  const job = await endedJob(client);
  const delivery = await receiver.next();
  const event = verify<JobEvent>(secret, delivery);
  if (event.type !== "job.succeeded" || event.data.jobId !== job || event.data.labels?.["client"] !== "ü") {
    throw new Error(`not what was expected: ${delivery.body}`);
  }
  mustBeRefused("a changed body", secret, { ...delivery, body: delivery.body.replace("succeeded", "failed") });
  mustBeRefused("another id", secret, { ...delivery, headers: { ...delivery.headers, "webhook-id": "x" } });
}

async function checkRotation(client: Client, receiver: Receiver, endpoint: Endpoint): Promise<void> {
  const params = { params: { path: { endpointId: endpoint.id } } };
  const rotated = await client.POST("/v1/webhook-endpoints/{endpointId}/rotate-secret", params);
  await test(client, endpoint);
  const delivery = await receiver.next();
  for (const secret of [secretOf(endpoint), secretOf(orFail("rotateWebhookSecret", rotated))]) {
    const event = verify<TestEvent>(secret, delivery);
    if (event.data.endpointId !== endpoint.id) {
      throw new Error(`not what was expected: ${delivery.body}`);
    }
  }
  mustBeRefused("a foreign secret", `whsec_${Buffer.alloc(32).toString("base64")}`, delivery);
}

async function main(baseUrl: string): Promise<void> {
  const client = createClient<paths, "application/json">({ baseUrl, headers: { Accept: "application/json" } });
  const receiver = new Receiver();
  const created = await client.POST("/v1/webhook-endpoints", { body: { url: await receiver.start() } });
  const endpoint = orFail("createWebhookEndpoint", created);
  try {
    await checkJobEvent(client, receiver, secretOf(endpoint));
    await checkRotation(client, receiver, endpoint);
  } finally {
    await client.DELETE("/v1/webhook-endpoints/{endpointId}", { params: { path: { endpointId: endpoint.id } } });
    receiver.stop();
  }
  console.log("verified");
}

const [baseUrl] = process.argv.slice(2);
if (baseUrl === undefined) {
  console.error("usage: node build/webhooks.js BASE_URL");
  process.exit(2);
}
await main(baseUrl);

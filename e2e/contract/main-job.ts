// The main job, done with the client generated from openapi.yaml: upload, submit, wait, read the results, download.
// Usage: node build/main-job.js BASE_URL FILE
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/api.js";

type Job = components["schemas"]["Job"];
// Results also come as NDJSON; this client asks for JSON.
type Client = ReturnType<typeof createClient<paths, "application/json">>;

const OPEN = new Set<string>(["QUEUED", "RUNNING"]);

/** The answer's body, or an error that shows the problem the server reported. */
function orFail<T>(call: string, answer: { data?: T | undefined; error?: unknown; response: Response }): T {
  if (answer.data === undefined) {
    throw new Error(`${call} answered ${answer.response.status}: ${JSON.stringify(answer.error)}`);
  }
  return answer.data;
}

async function upload(client: Client, file: string) {
  const bytes = await readFile(file);
  const answer = await client.POST("/v1/files", {
    params: { header: { "Content-Disposition": `attachment; filename="${basename(file)}"` } },
    headers: { "Content-Type": "application/octet-stream" },
    body: "",
    bodySerializer: () => new Blob([new Uint8Array(bytes)]),
  });
  return orFail("uploadFile", answer);
}

async function submit(client: Client, fileId: string): Promise<Job> {
  const answer = await client.POST("/v1/jobs", {
    params: { header: { "Idempotency-Key": crypto.randomUUID() } },
    body: {
      files: [fileId],
      steps: [
        { id: "inspect", operation: "inspect" },
        {
          id: "preview",
          operation: "thumbnail",
          needs: ["inspect"],
          parameters: { sizes: [{ width: 64, height: 64, fit: "cover" }] },
        },
      ],
      labels: { client: "typescript" },
    },
  });
  return orFail("submitJob", answer);
}

async function wait(client: Client, job: Job): Promise<Job> {
  let current = job;
  while (OPEN.has(current.state)) {
    const answer = await client.GET("/v1/jobs/{jobId}", {
      params: { path: { jobId: job.id }, header: { Prefer: "wait=10" } },
    });
    current = orFail("getJob", answer);
  }
  return current;
}

async function results(client: Client, job: Job) {
  const answer = await client.GET("/v1/jobs/{jobId}/results", { params: { path: { jobId: job.id } } });
  return orFail("listResults", answer).items;
}

async function download(client: Client, fileId: string): Promise<number> {
  const answer = await client.GET("/v1/files/{fileId}/content", {
    params: { path: { fileId } },
    parseAs: "arrayBuffer",
  });
  return orFail("getFileContent", answer).byteLength;
}

async function main(baseUrl: string, path: string): Promise<void> {
  const client = createClient<paths, "application/json">({
    baseUrl,
    headers: { Accept: "application/json, */*;q=0.5" },
  });
  const file = await upload(client, path);
  const job = await wait(client, await submit(client, file.id));
  const outputs = (await results(client, job)).flatMap((result) => result.tasks.flatMap((task) => task.outputs));
  const [first] = outputs;
  if (job.state !== "SUCCEEDED" || first === undefined) {
    throw new Error(`the job ended ${job.state} with ${outputs.length} outputs`);
  }
  const size = await download(client, first.id);
  if (size !== first.size) {
    throw new Error(`${first.name} has ${size} bytes instead of ${first.size}`);
  }
  console.log(`${job.id} ${job.state} ${first.name} ${size}`);
}

const [baseUrl, path] = process.argv.slice(2);
if (baseUrl === undefined || path === undefined) {
  console.error("usage: node build/main-job.js BASE_URL FILE");
  process.exit(2);
}
await main(baseUrl, path);

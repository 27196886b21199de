// The description of the API is right in the eyes of others: a validator of OpenAPI 3.1 accepts it, a client made from it compiles in strict
// TypeScript, and that client does a learner's and an administrator's work against the real program with nothing but a token.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { pathToFileURL } from "node:url";
import { program, root, startServer } from "../browser/support.mjs";

const require = createRequire(join(root, "client/package.json"));
const run = promisify(execFile);
let server, folder, description, token;

before(async () => {
  server = await startServer([], []);
  folder = mkdtempSync(join(tmpdir(), "karmayogi-client-"));
  symlinkSync(join(root, "client/node_modules"), join(folder, "node_modules"));
  description = await (await fetch(`${server.url}/api/v1/openapi.json`)).json();
  token = async (login, ...scopes) => {
    const args = ["token", "create", "--data", server.data, "--person", login, "--name", "a test", ...scopes.flatMap((s) => ["--scope", s])];
    return (await run(program, args, { cwd: root })).stdout.trim();
  };
});
after(async () => {
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true });
});

test("a validator accepts the description", async () => {
  const { Validator } = await import(pathToFileURL(require.resolve("@seriousme/openapi-schema-validator")));
  const said = await new Validator().validate(structuredClone(description));
  assert.deepEqual(said.errors ?? [], []);
  assert.ok(said.valid);
});

test("every operation has a name of its own, says what it does and needs, and names every place of its address", () => {
  const names = new Set();
  for (const [path, methods] of Object.entries(description.paths))
    for (const [method, o] of Object.entries(methods)) {
      assert.ok(!names.has(o.operationId), o.operationId);
      names.add(o.operationId);
      assert.ok(o.summary?.endsWith("."), `${method} ${path}`);
      assert.ok(o["x-permission"] && o.security.length, `${method} ${path}`);
      const places = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();
      const said = o.parameters.filter((p) => p.in === "path").map((p) => p.name).sort();
      assert.deepEqual(said, places, `${method} ${path}`);
    }
});

const WORK = `
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

export async function work(baseUrl: string, token: string) {
  const api = createClient<paths>({ baseUrl, headers: { Authorization: "Bearer " + token } });
  const me = await api.GET("/api/v1/me");
  const name: string | null | undefined = me.data?.name;
  const titles: string[] = [];
  let after: string | undefined;
  do {
    const page = await api.GET("/api/v1/me/enrolments", { params: { query: { limit: 2, after } } });
    if (!page.data) throw new Error(String(page.response.status));
    for (const e of page.data.items ?? []) titles.push(e.title ?? "");
    after = page.data.next ?? undefined;
  } while (after);
  const open = await api.GET("/api/v1/courses", { params: { query: { q: "parliament" } } });
  const course = open.data?.items?.[0];
  const course_id = course?.id ?? "";
  const key = "k-" + course_id;
  const add = () => api.POST("/api/v1/courses/{course_id}/enrolment", { params: { path: { course_id }, header: { "Idempotency-Key": key } } });
  const first = await add(), second = await add();
  const parts = await api.GET("/api/v1/courses/{course_id}/resources", { params: { path: { course_id } } });
  const refused = await api.GET("/api/v1/orgs/{org_id}", { params: { path: { org_id: "1" } } });
  const problem: string | undefined = refused.error?.type;
  return { name, titles, first: first.response.status, replayed: second.response.headers.get("Idempotency-Replayed"),
    parts: parts.data?.items?.length ?? 0, refused: refused.response.status, problem };
}
`;

test("a client made from the description compiles and works", async () => {
  const { default: openapiTS, astToString } = await import(pathToFileURL(join(root, "client/node_modules/openapi-typescript/dist/index.js")));
  writeFileSync(join(folder, "schema.ts"), astToString(await openapiTS(structuredClone(description))));
  writeFileSync(join(folder, "work.ts"), WORK);
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({
    compilerOptions: { strict: true, module: "nodenext", moduleResolution: "nodenext", target: "es2022", lib: ["es2022", "dom"], types: [], skipLibCheck: true },
    files: ["work.ts"] }));
  await run(process.execPath, [join(root, "client/node_modules/typescript/bin/tsc"), "-p", folder])
    .catch((e) => assert.fail(e.stdout));
  const { work } = await import(pathToFileURL(join(folder, "work.js")));
  const done = await work(server.url, await token("asha@demo.example", "learn"));
  assert.ok(done.name.length > 3);
  assert.ok(done.titles.length > 2 && new Set(done.titles).size === done.titles.length);
  assert.equal(done.first, 200);
  assert.equal(done.replayed, "true");
  assert.ok(done.parts > 2);
  assert.ok(done.refused === 403 || done.refused === 404);
  assert.match(done.problem, /^\/problems\//);
});

test("a program brings a staff list, checks it and reads what would change", async () => {
  const secret = await token("admin@demo.example", "people_manage", "org_see:read");
  const ask = (path, init = {}) => fetch(server.url + path, { ...init, headers: { Authorization: `Bearer ${secret}`, ...init.headers } });
  const [org] = (await (await ask("/api/v1/orgs")).json()).items;
  const added = await ask(`/api/v1/orgs/${org.id}/imports?file_name=staff.csv`, { method: "POST", headers: { "Content-Type": "text/csv" },
    body: "Employee No,Name,Office,Designation\nZ1,Somebody New,nowhere,nothing\n" });
  assert.equal(added.status, 200);
  const { id } = await added.json();
  const check = await ask(`/api/v1/orgs/${org.id}/imports/${id}/check`, { method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ employee_no: 0, name: 1, organisation: 2, designation: 3 }) });
  assert.equal(check.status, 200);
  let now;
  for (let i = 0; i < 100 && now?.state !== "checked"; i++) {
    now = await (await ask(`/api/v1/orgs/${org.id}/imports/${id}`)).json();
    await new Promise((later) => setTimeout(later, 100));
  }
  assert.equal(now.state, "checked");
  assert.equal(now.n_refused, 1);
});

// The samples of package/ in front of real servers: what they promise is seen from outside.
import assert from "node:assert/strict";
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { freePort, program, root, until, wait } from "../browser/support.mjs";

const dir = mkdtempSync(join(tmpdir(), "karmayogi-proxies-"));
const started = [];
const ports = [];

function start(command, args) {
  const p = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  p.said = "";
  p.stdout.on("data", (d) => { p.said += d; });
  p.stderr.on("data", (d) => { p.said += d; });
  started.push(p);
  return p;
}

function ask(port, path, { secure = false, method = "GET", headers = {}, body } = {}) {
  return new Promise((done, broken) => {
    const r = (secure ? https : http).request({ host: "127.0.0.1", port, path, method, headers, rejectUnauthorized: false }, (a) => {
      let text = "";
      a.on("data", (d) => { text += d; });
      a.on("end", () => done({ status: a.statusCode, headers: a.headers, text }));
    });
    r.on("error", broken);
    r.end(body);
  });
}

// What the other end does not answer yet is no answer; should it never come, what everybody said is told.
const answers = (port, path, secure) => until(`an answer of ${path} at ${port}`, () => ask(port, path, { secure }).then((a) => a.status === 200, () => false))
  .catch((e) => { e.message += `\n${started.map((p) => p.said).join("\n").slice(-1500)}`; throw e; });

async function serve(name) {
  const port = await freePort();
  start(program, ["serve", "--port", String(port), "--data", join(dir, name), "--log", "true"]);
  await answers(port, "/healthz/ready", false);
  ports.push(port);
}

before(async () => {
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=127.0.0.1", "-days", "2",
    "-keyout", join(dir, "learn.key"), "-out", join(dir, "learn.pem")], { stdio: "ignore" });
  writeFileSync(join(dir, "both.pem"), readFileSync(join(dir, "learn.pem")) + readFileSync(join(dir, "learn.key")));
  await serve("a");
  await serve("b");
});

after(async () => {
  for (const p of started.reverse()) p.kill("SIGTERM");
  await Promise.all(started.map((p) => p.exitCode !== null || p.signalCode ? null : new Promise((r) => p.on("exit", r))));
  rmSync(dir, { recursive: true, force: true });
});

// What both promise: pages come through, addresses cannot be invented, /metrics is nobody's.
async function promises(port) {
  const page = await ask(port, "/sign-in", { secure: true });
  assert.equal(page.status, 200);
  assert.match(page.headers["content-security-policy"], /default-src/);
  assert.equal((await ask(port, "/metrics", { secure: true })).status, 404);
  const asset = page.text.match(/\/assets\/app\.[0-9a-f]+\.css/)[0];
  const packed = await ask(port, asset, { secure: true, headers: { "Accept-Encoding": "gzip" } });
  assert.equal(packed.headers["content-encoding"], "gzip");
  assert.match(packed.headers["cache-control"], /immutable/);
  const invented = await ask(port, "/sign-in", { secure: true, headers: { "X-Forwarded-For": "203.0.113.99" } });
  assert.equal(invented.status, 200);
  assert.doesNotMatch(started.map((p) => p.said).join(""), /203\.0\.113\.99/);
}

test("nginx in front of one server", async () => {
  const plain = await freePort(), secure = await freePort();
  const site = readFileSync(join(root, "package/nginx.conf"), "utf8")
    .replace("127.0.0.1:8080", `127.0.0.1:${ports[0]}`).replace("listen 80;", `listen 127.0.0.1:${plain};`).replace("listen 443 ssl", `listen 127.0.0.1:${secure} ssl`)
    .replace("/etc/ssl/certs/learn.pem", join(dir, "learn.pem")).replace("/etc/ssl/private/learn.key", join(dir, "learn.key"));
  const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((n) => `${n}_temp_path ${join(dir, n)};`).join(" ");
  writeFileSync(join(dir, "nginx.conf"), `pid ${join(dir, "nginx.pid")}; error_log stderr; daemon off; events {} http { access_log off; ${folders}\n${site}\n}`);
  start("nginx", ["-p", dir, "-c", join(dir, "nginx.conf"), "-e", "stderr"]);
  await answers(secure, "/healthz", true);
  const turned = await ask(plain, "/courses?q=rti");
  assert.equal(turned.status, 301);
  assert.match(turned.headers.location, /^https:\/\/.*\/courses\?q=rti$/);
  await promises(secure);
});

test("HAProxy in front of two servers, of which one ends", async () => {
  const secure = await freePort();
  writeFileSync(join(dir, "haproxy.cfg"), readFileSync(join(root, "package/haproxy.cfg"), "utf8").replace("maxconn 20000", "maxconn 1000")
    .replace("bind :443", `bind 127.0.0.1:${secure}`).replace("/etc/haproxy/learn.pem", join(dir, "both.pem"))
    .replace("10.0.0.11:8080", `127.0.0.1:${ports[0]}`).replace("10.0.0.12:8080", `127.0.0.1:${ports[1]}`));
  start("haproxy", ["-db", "-f", join(dir, "haproxy.cfg")]);
  await answers(secure, "/healthz", true);
  await promises(secure);
  // While one of them ends, nobody is turned away.
  const ending = started[1];
  let bad = 0, good = 0, over = false;
  const people = Promise.all(Array.from({ length: 8 }, async () => {
    while (!over) {
      const a = await ask(secure, "/sign-in", { secure: true }).catch(() => ({ status: 0 }));
      if (a.status === 200) good++; else bad++;
    }
  }));
  await wait(500);
  ending.kill("SIGTERM");
  await new Promise((r) => ending.on("exit", r));
  await wait(1000);
  over = true;
  await people;
  assert.ok(good > 50, `${good} answers`);
  assert.equal(bad, 0);
});

// Who listens behind the sample of nginx hears at once; where the server itself speaks TLS, the answer is short and the browser asks again.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PASSWORD, freePort, program, root, startServer, until } from "../browser/support.mjs";

const dir = mkdtempSync(join(tmpdir(), "karmayogi-live-")), started = [], place = "/live/session/4103";
const start = (command, args) => started[started.push(spawn(command, args, { stdio: "ignore" })) - 1];
let site, cookie, csrf;

// A stream so far: .text grows, .ended when it is over.
function listen(port, path) {
  const s = { text: "", ended: false };
  s.request = https.get({ host: "127.0.0.1", port, path, rejectUnauthorized: false, headers: { Cookie: cookie } }, (a) => {
    s.status = a.statusCode;
    a.on("data", (d) => { s.text += d; });
    a.on("end", () => { s.ended = true; });
    a.on("error", () => { s.ended = true; });
  });
  s.request.on("error", () => { s.ended = true; });
  return s;
}

before(async () => {
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=127.0.0.1", "-days", "2",
    "-keyout", join(dir, "learn.key"), "-out", join(dir, "learn.pem")], { stdio: "ignore" });
  site = await startServer([], []);
  const asha = "(SELECT id FROM person WHERE email = 'asha@demo.example')", org = "(SELECT id FROM org ORDER BY id LIMIT 1)";
  execFileSync("sqlite3", [join(site.data, "karmayogi.db"), ".timeout 10000", `
    INSERT INTO programme (id, org_id, code, title, title_hi, about, audience, state, minutes, approval, may_ask, least_sessions, least_others, made_at, changed_at)
    VALUES (4101, ${org}, 'LIVE-TEST', 'Noting', '', '', '', 'live', 60, 'none', 0, 0, 0, 1, 1);
    INSERT INTO batch (id, programme_id, org_id, n, name, state, seats, waiting, invite_only, ask_until, from_day, last_day, starts_at, ends_at, place, fee_paise, made_at, changed_at, cancelled_why)
    VALUES (4102, 4101, ${org}, 1, 'A', 'open', 50, 0, 0, 1, 0, 0, 2, 3, '', 0, 1, 1, '');
    INSERT INTO batch_session (id, batch_id, n, title, title_hi, starts_at, ends_at, place) VALUES (4103, 4102, 1, 'Drafting a note', '', 2, 3, '');
    INSERT INTO admission (id, batch_id, person_id, state, how, step, org_id, bed, bed_given, asked_at, changed_at)
    VALUES (4104, 4102, ${asha}, 'admitted', 'asked', 0, ${org}, 0, 0, 1, 1);`]);
  const signed = await fetch(`${site.url}/sign-in`, { method: "POST", redirect: "manual", body: new URLSearchParams({ login: "asha@demo.example", password: PASSWORD }) });
  cookie = signed.headers.getSetCookie().find((c) => c.startsWith("session=")).split(";")[0];
  csrf = /data-csrf="([0-9a-f]+)"/.exec(await (await fetch(site.url + place, { headers: { Cookie: cookie } })).text())[1];
});
after(async () => {
  for (const p of started) p.kill("SIGTERM");
  await Promise.all(started.map((p) => p.exitCode !== null || p.signalCode ? null : new Promise((r) => p.on("exit", r))));
  rmSync(dir, { recursive: true, force: true });
  rmSync(site.data, { recursive: true, force: true });
});

test("behind nginx a question is heard by who listens, on a line that stays", { timeout: 120000 }, async () => {
  const secure = await freePort(), plain = await freePort();
  const sample = readFileSync(join(root, "package/nginx.conf"), "utf8")
    .replace("127.0.0.1:8080", new URL(site.url).host).replace("listen 80;", `listen 127.0.0.1:${plain};`).replace("listen 443 ssl", `listen 127.0.0.1:${secure} ssl`)
    .replace("/etc/ssl/certs/learn.pem", join(dir, "learn.pem")).replace("/etc/ssl/private/learn.key", join(dir, "learn.key"));
  const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((n) => `${n}_temp_path ${join(dir, n)};`).join(" ");
  writeFileSync(join(dir, "nginx.conf"), `pid ${join(dir, "nginx.pid")}; error_log stderr; daemon off; events {} http { access_log off; ${folders}\n${sample}\n}`);
  start("nginx", ["-p", dir, "-c", join(dir, "nginx.conf"), "-e", "stderr"]);
  let line;
  await until("a line through nginx", async () => {
    line = listen(secure, `${place}/stream`);
    await until("its head", () => line.text.includes("retry: ") || line.ended, 20000);
    return !line.ended;
  }, 60000);
  const asked = await fetch(`${site.url}/api/v1${place}/questions`, { method: "POST", headers: { Cookie: cookie, "X-CSRF-Token": csrf, "Content-Type": "application/json" }, body: '{"words":"Is it heard?"}' });
  assert.equal(asked.status, 200);
  await until("the question through nginx", () => line.text.includes("Is it heard?"), 20000);
  assert.equal(line.ended, false);
  line.request.destroy();
});

test("a server with TLS of its own says what was missed and ends the answer", { timeout: 120000 }, async () => {
  await site.crash();
  const port = await freePort();
  start(program, ["serve", "--data", site.data, "--port", String(port), "--log", "false", "--tls-certificate", join(dir, "learn.pem"), "--tls-key", join(dir, "learn.key")]);
  let short;
  await until("the short answer", async () => {
    short = listen(port, `${place}/stream?after=1`);
    await until("its end", () => short.ended, 20000);
    return short.status === 200;
  }, 60000);
  assert.match(short.text, /^retry: \d+\n\n/);
  assert.match(short.text, /Is it heard\?|event: anew/);
});

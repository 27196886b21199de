// script/bench --stream: parts, segments and playlists of a live stream, handed out by our server and by nginx from the same files, with the same client,
// in turn. Each server has one core (nginx one worker), the client the other. The median of the ratios of the rounds counts.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROUNDS = 7, SECONDS = 2, CONNECTIONS = 64, OURS = 18180, THEIRS = 18181, TARGET = 0.7;
const dir = mkdtempSync(join(tmpdir(), "karmayogi-stream-")), data = join(dir, "data"), token = "0123456789abcdef0123456789abcdef";
const files = join(data, "hls", token), sleep = (ms) => new Promise((done) => setTimeout(done, ms));
mkdirSync(files, { recursive: true });

// Twelve segments of four seconds at 1 Mbit/s, of eight parts; what a viewer of the newest asks for.
const bytes = (n, seed) => { const b = Buffer.alloc(n); for (let i = 0, v = seed; i < n; i++) { v = (v * 1103515245 + 12345) & 0x7fffffff; b[i] = v >> 16; } return b; };
let playlist = "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:6\n";
for (let s = 0; s < 12; s++) {
  writeFileSync(join(files, `s${s}.m4s`), bytes(500000, s));
  for (let p = 0; p < 8; p++) {
    writeFileSync(join(files, `p${8 * s + p}.m4s`), bytes(60000, 100 + 8 * s + p));
    playlist += `#EXT-X-PART:DURATION=0.50000,URI="p${8 * s + p}.m4s"\n`;
  }
  playlist += `#EXTINF:4.00000,\ns${s}.m4s\n`;
}
writeFileSync(join(files, "main.m3u8"), playlist);
writeFileSync(join(files, "now"), "11 8 96 0\n");

const ask = (path) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n`;
function requests(name, paths) {
  const file = join(dir, name);
  writeFileSync(file, paths.map((p) => { const r = ask(p); return `${name} ${r.length}\n${r}`; }).join(""));
  return file;
}
const at = (name) => `/hls/${token}/${name}`, counted = (n, what) => Array.from({ length: n }, (_, i) => at(what(i)));
const kinds = [
  ["parts of 60 KB", requests("parts", counted(96, (i) => `p${i}.m4s`))],
  ["segments of 500 KB", requests("segments", counted(12, (i) => `s${i}.m4s`))],
  ["playlists", requests("lists", [at("main.m3u8")])],
];

writeFileSync(join(dir, "nginx.conf"), `worker_processes 1; daemon off; pid ${dir}/nginx.pid; error_log ${dir}/nginx.log;
events { worker_connections 4096; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=1000 inactive=60s; default_type video/mp4;
types { application/vnd.apple.mpegurl m3u8; }
client_body_temp_path ${dir}/t1; proxy_temp_path ${dir}/t2; fastcgi_temp_path ${dir}/t3; uwsgi_temp_path ${dir}/t4; scgi_temp_path ${dir}/t5;
server { listen 127.0.0.1:${THEIRS}; location ~ m3u8$ { root ${data}; open_file_cache off; } location /hls/ { alias ${data}/hls/; add_header Cache-Control "public, max-age=31536000, immutable"; } } }
`);
execFileSync("chmod", ["-R", "a+rX", dir]);
const begin = (...command) => spawn("taskset", ["-c", "0", ...command], { stdio: ["ignore", "ignore", "ignore"] });
const servers = [
  begin("build/release/src/karmayogi", "serve", "--data", data, "--port", String(OURS), "--log", "false"),
  begin("/usr/sbin/nginx", "-c", join(dir, "nginx.conf"), "-p", dir),
];
async function up(port) {
  for (let i = 0; i < 400; i++) {
    try { if ((await fetch(`http://127.0.0.1:${port}${at("p0.m4s")}`)).ok) return; } catch { /* not yet */ }
    await sleep(50);
  }
  throw new Error(`nothing answers on port ${port}`);
}
const load = (port, file) => JSON.parse(execFileSync("taskset", ["-c", "1", "build/release/test/bench/load", String(port), String(CONNECTIONS), "0", String(SECONDS), file]).toString());
const median = (v) => [...v].sort((a, b) => a - b)[v.length >> 1];

const rows = [];
try {
  await up(OURS);
  await up(THEIRS);
  for (const [what, file] of kinds) {
    const ours = [], theirs = [];
    for (let r = 0; r < ROUNDS; r++)
      for (const [port, to] of r % 2 ? [[THEIRS, theirs], [OURS, ours]] : [[OURS, ours], [THEIRS, theirs]]) {
        const got = load(port, file);
        if (got.requests !== got["2xx"] || got.broken) throw new Error(`${what} on port ${port}: ${JSON.stringify(got)}`);
        to.push({ rate: got.rate, mb: got.bytes / got.seconds / 1e6 });
      }
    const ratio = median(ours.map((o, i) => o.rate / theirs[i].rate));
    rows.push({ what, ours: median(ours.map((o) => o.rate)), theirs: median(theirs.map((o) => o.rate)), mb: median(ours.map((o) => o.mb)), ratio, met: ratio >= TARGET });
    console.log(`${what.padEnd(24)} ${String(Math.round(rows.at(-1).ours)).padStart(8)} /s  ${String(Math.round(rows.at(-1).mb)).padStart(6)} MB/s  nginx ${String(Math.round(rows.at(-1).theirs)).padStart(8)} /s  ratio ${ratio.toFixed(2)}  target ${TARGET} ${rows.at(-1).met ? "met" : "MISSED"}`);
  }
} finally {
  for (const s of servers) s.kill("SIGTERM");
  await sleep(500);
  rmSync(dir, { recursive: true, force: true });
}
writeFileSync("build/bench-stream.json", JSON.stringify({ rows }, null, 1));

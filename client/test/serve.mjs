// A small server for the samples: the assets of a fresh build, the CSP of the README, a false progress and answer API.
// node test/serve.mjs [PORT] to look at the samples by hand.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, existsSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

export const here = dirname(dirname(fileURLToPath(import.meta.url)));
export const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; frame-src 'self'; object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
const TYPES = { css: "text/css", js: "text/javascript", svg: "image/svg+xml", woff2: "font/woff2", html: "text/html; charset=utf-8", vtt: "text/vtt" };

// Thirty seconds of a quiet tone: enough of a film for the player.
function tone(seconds = 30, rate = 4000) {
  const wav = Buffer.alloc(44 + seconds * rate, 128);
  wav.write("RIFF", 0); wav.writeUInt32LE(36 + seconds * rate, 4); wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16); wav.writeUInt16LE(1, 20); wav.writeUInt16LE(1, 22); wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate, 28); wav.writeUInt16LE(1, 32); wav.writeUInt16LE(8, 34); wav.write("data", 36); wav.writeUInt32LE(seconds * rate, 40);
  return wav;
}

// api(req, url, body) may answer { status, json }; state "down" cuts the line.
export async function serve({ port = 0, api = () => ({ status: 200, json: {} }) } = {}) {
  const out = mkdtempSync(join(tmpdir(), "client-"));
  execFileSync(process.execPath, [join(here, "build.mjs"), out], { stdio: "inherit" });
  const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
  const film = tone();
  const server = createServer(async (req, res) => {
    const url = new URL(req.url, "http://localhost");
    const head = { "Content-Security-Policy": CSP, "Cache-Control": "no-store" };
    const type = (name) => TYPES[name.split(".").pop()] || "application/octet-stream";
    if (url.pathname.startsWith("/assets/")) {
      const file = join(out, normalize(url.pathname.slice(8)));
      if (!file.startsWith(out) || !existsSync(file)) return res.writeHead(404).end();
      const gz = existsSync(`${file}.gz`);
      res.writeHead(200, { "Content-Type": type(file), "Cache-Control": "public, max-age=31536000, immutable", ...(gz && { "Content-Encoding": "gzip" }) });
      return res.end(readFileSync(gz ? `${file}.gz` : file));
    }
    if (url.pathname === "/film.wav") {
      const [, a = 0, b] = /bytes=(\d+)-(\d*)/.exec(req.headers.range || "") || [];
      const end = b ? +b : film.length - 1;
      res.writeHead(req.headers.range ? 206 : 200, { "Content-Type": "audio/wav", "Accept-Ranges": "bytes", "Content-Length": end - a + 1, ...(req.headers.range && { "Content-Range": `bytes ${a}-${end}/${film.length}` }) });
      return res.end(film.subarray(+a, end + 1));
    }
    if (req.method === "POST") {
      let body = "";
      for await (const part of req) body += part;
      const got = api(req, url, body);
      if (!got) return req.socket.destroy();
      res.writeHead(got.status, { ...head, "Content-Type": "application/json" });
      return res.end(JSON.stringify(got.json ?? {}));
    }
    const file = join(here, "sample", normalize(url.pathname === "/" ? "/home.html" : url.pathname));
    if (!file.startsWith(join(here, "sample")) || !existsSync(file)) return res.writeHead(404, head).end();
    res.writeHead(200, { ...head, "Content-Type": type(file) });
    const text = readFileSync(file, "utf8");
    return res.end(file.endsWith(".html") ? text.replace(/ASSET\(([^)]+)\)/g, (all, name) => `/assets/${manifest[name]}`) : text);
  });
  await new Promise((done) => server.listen(port, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}`, out, manifest, close: () => { server.closeAllConnections(); server.close(); } };
}

export async function browser() {
  const { chromium } = await import("playwright-core");
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required", "--mute-audio"],
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log((await serve({ port: +process.argv[2] || 8080 })).url);

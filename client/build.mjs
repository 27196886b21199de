// Builds everything the browser loads: node build.mjs OUT
// Writes content-hashed files (but for worker.js, whose address stays), a .gz beside each text file and manifest.json. Same input, same bytes.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
if (!out) {
  console.error("usage: node build.mjs OUT");
  process.exit(2);
}
mkdirSync(out, { recursive: true });
// Only what an earlier build wrote is removed: names with a hash, the worker, and the manifest.
for (const name of readdirSync(out))
  if (/\.[0-9a-f]{8}\.(css|js|svg|woff2)(\.gz)?$|^worker\.js(\.gz)?$|^manifest\.json$/.test(name)) rmSync(join(out, name));

const manifest = {};

function put(name, content) {
  const bytes = Buffer.from(content);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  const hashed = name === "worker.js" ? name : name.replace(/\.([^.]+)$/, `.${hash}.$1`);
  writeFileSync(join(out, hashed), bytes);
  if (!name.endsWith(".woff2")) {
    const gz = gzipSync(bytes, { level: 9 });
    gz[9] = 255; // the "operating system" byte of the header: unknown, so that it is the same everywhere
    writeFileSync(join(out, `${hashed}.gz`), gz);
  }
  manifest[name] = hashed;
}

for (const [name, file] of Object.entries({
  "mukta-latin-400.woff2": "mukta-latin-400-normal.woff2",
  "mukta-latin-600.woff2": "mukta-latin-600-normal.woff2",
  "mukta-devanagari-400.woff2": "mukta-devanagari-400-normal.woff2",
}))
  put(name, readFileSync(join(here, "node_modules/@fontsource/mukta/files", file)));

for (const name of ["icon.svg", "icons.svg"])
  put(name, readFileSync(join(here, "static", name), "utf8").replace(/>\s+</g, "><").trim());

const scss = sass.compile(join(here, "scss/app.scss"), { style: "compressed", charset: false }).css;
const { code: css } = await esbuild.transform(scss, { loader: "css", minify: true, charset: "utf8", target: ["chrome105", "firefox121", "safari16"], legalComments: "none" });
put("app.css", css.replace(/url\("?([a-z0-9-]+\.woff2)"?\)/g, (all, font) => {
  if (!manifest[font]) throw new Error(`app.css names ${font}, which is not built`);
  return `url(${manifest[font]})`;
}));

for (const name of ["app", "player", "quiz", "exam", "passkey", "push", "attendance", "stream", "hls", "live", "pad", "presence", "worker"]) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(here, `js/${name}.js`)], bundle: true, minify: true, write: false, format: "iife",
    charset: "utf8", target: ["chrome90", "firefox90", "safari15"], legalComments: "none", absWorkingDir: here,
  });
  put(`${name}.js`, outputFiles[0].contents);
}

const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(join(out, "manifest.json"), `${JSON.stringify(sorted, null, 1)}\n`);

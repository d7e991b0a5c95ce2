// Builds what the themes take from npm packages into var/frontend (git-ignored).
// Run from anywhere after `npm ci --ignore-scripts`: node themes/build.mjs
// Files are only written when their content changed, so a second run leaves time stamps alone.
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const target = join(root, "var", "frontend", "kern");
const fontWeights = [400, 600];

async function put(path, content) {
  const bytes = Buffer.from(content);
  if (existsSync(path) && (await readFile(path)).equals(bytes)) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  console.log(`${relative(root, path)}  ${(bytes.length / 1000).toFixed(1)} kB`);
}

async function copy(from, to) {
  await put(join(target, to), await readFile(join(modules, from)));
}

async function compileStyles() {
  const sass = await import("sass");
  const source = join(root, "themes", "kern", "scss", "kern.scss");
  // quietDeps: warnings about the package's own style are the package's business.
  const { css } = sass.compile(source, { style: "compressed", loadPaths: [modules], quietDeps: true });
  await put(join(target, "kern.css"), css);
}

if (!existsSync(modules)) {
  console.error("The front-end packages are missing. Run this first: npm ci --ignore-scripts");
  process.exit(1);
}
await compileStyles();
for (const weight of fontWeights) {
  await copy(`@fontsource/fira-sans/files/fira-sans-latin-${weight}-normal.woff2`, `fonts/fira-sans-${weight}.woff2`);
}
await copy("htmx.org/dist/htmx.min.js", "htmx.js");

// Makes assets/dist: one style sheet, one script, the fonts and pictures they name, all with their content's hash in
// their names, and manifest.json from plain names to hashed ones. Quick when nothing has changed since the last time.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const dist = join(root, "assets/dist");
const stamp = "source.txt";

const hash = (bytes, length = 10) => createHash("sha256").update(bytes).digest("hex").slice(0, length);

/** Every file whose change must remake the assets. The lock file stands for the packages. */
function sources() {
  const under = (folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const own = under("assets").filter((file) => !file.startsWith(dist));
  return [...own, join(root, "package-lock.json"), fileURLToPath(import.meta.url)].sort();
}

/** What the sources say now, and when the newest of them was written. */
function state(files) {
  const all = createHash("sha256");
  for (const file of files) all.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  const newest = Math.max(...files.map((file) => statSync(file).mtimeMs));
  return { digest: all.digest("hex"), newest: new Date(newest) };
}

/** Where a name in `url(…)` is found: the first part of the path says which collection it is from. */
function locate(name) {
  const [collection, ...rest] = name.split("/");
  const folders = {
    font: join(modules, "@fontsource/atkinson-hyperlegible-next/files"),
    moj: join(modules, "@ministryofjustice/frontend/moj/assets/images"),
    img: join(root, "assets/img"),
  };
  const folder = folders[collection];
  if (!folder || rest.length === 0) throw new Error(`the style sheet names url(${name}), which belongs to no known collection`);
  return join(folder, ...rest);
}

/** Whose copyright it is, for packages under the MIT licence that bring no file with its text: as their repositories say. */
const notices = {
  "govuk-frontend": "Copyright (C) 2017 Crown Copyright (Government Digital Service)",
  "@ministryofjustice/frontend": "Copyright (c) 2019 Ministry of Justice",
};

const mit = (notice) => `The MIT License (MIT)

${notice}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;

/** The text of a package's licence: its own file, or the text that its package data names. */
function licenceOf(folder, meta) {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file) return readFileSync(join(folder, file), "utf8");
  if (meta.license === "MIT" && notices[meta.name]) return mit(notices[meta.name]);
  throw new Error(`${meta.name} ${meta.version} brings no licence text, and scripts/assets.mjs knows none for it (${meta.license})`);
}

/** The licences of what we hand on inside the binary; MIT and OFL both ask that their text goes along. */
function licences() {
  const packages = ["govuk-frontend", "@ministryofjustice/frontend", "@fontsource/atkinson-hyperlegible-next"];
  const texts = packages.map((name) => {
    const folder = join(modules, name);
    const meta = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const text = licenceOf(folder, meta);
    return `${meta.name} ${meta.version}\n${"=".repeat(40)}\n${text.trim()}\n`;
  });
  return texts.join("\n\n");
}

async function styleSheet(put) {
  const sass = await import("sass");
  const compiled = sass.compile(join(root, "assets/kinfold.scss"), {
    loadPaths: [join(root, "assets"), modules, root],
    style: "compressed",
    quietDeps: true,
    // MOJ Frontend still calls a mixin that GOV.UK Frontend has deprecated, and leaves no setting to say that we know.
    logger: { warn: (message) => message.includes("`govuk-text-colour` mixin") || console.warn(message) },
  });
  // The royal crest is a reserved mark that GOV.UK's footer brings along; its rules go, and none may come back unseen.
  const css = compiled.css.replace(/[^{}]*\.govuk-footer__(?:copyright-logo|crown)[^{}]*\{[^{}]*\}/g, "");
  if (/crest|crown|GDS Transport/i.test(css)) throw new Error("the style sheet holds a reserved mark (crest, crown or GDS Transport)");
  return css.replace(/url\(["']?([^"')]+)["']?\)/g, (whole, name) =>
    name.startsWith("data:") || name.startsWith("#") ? whole : `url(${put(basename(name), readFileSync(locate(name)))})`,
  );
}

async function script() {
  const { build } = await import("esbuild");
  const made = await build({
    entryPoints: [join(root, "assets/js/kinfold.js")],
    absWorkingDir: root,
    bundle: true,
    format: "esm",
    minify: true,
    legalComments: "none",
    target: ["es2020"],
    write: false,
    logLevel: "warning",
  });
  return made.outputFiles[0].text;
}

async function make({ digest, newest }) {
  const fresh = `${dist}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const manifest = {};
  const put = (name, bytes) => {
    const end = extname(name);
    const hashed = `${name.slice(0, -end.length)}.${hash(bytes)}${end}`;
    writeFileSync(join(fresh, hashed), bytes);
    manifest[name] = hashed;
    return hashed;
  };
  put("kinfold.css", await styleSheet(put));
  put("kinfold.js", await script());
  for (const picture of readdirSync(join(root, "assets/img"))) put(picture, readFileSync(join(root, "assets/img", picture)));
  put("licences.txt", licences());
  const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(join(fresh, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);
  writeFileSync(join(fresh, stamp), `${digest}\n`);
  // Dated as its newest source: cargo then sees a build that made the assets as already up to date.
  for (const file of readdirSync(fresh)) utimesSync(join(fresh, file), newest, newest);
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
  return sorted;
}

/** Builds when needed; returns whether it did. */
export async function assets() {
  const now = state(sources());
  const made = join(dist, stamp);
  if (existsSync(join(dist, "manifest.json")) && existsSync(made) && readFileSync(made, "utf8").trim() === now.digest) return false;
  if (!existsSync(join(modules, "govuk-frontend"))) throw new Error("node_modules is missing or incomplete: run `npm ci` first");
  await make(now);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log((await assets()) ? "assets/dist made" : "assets/dist is up to date");
  } catch (error) {
    console.error(`assets: ${error.message}`);
    process.exit(1);
  }
}

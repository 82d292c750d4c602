// What every browser journey stands on: a running Kinfold of its own, a browser, and a way in.
// Nothing here waits for a length of time; it waits for something to be true.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { looksLikeAnother } from "./accessible.mjs";
import { startPostgres } from "./postgres.mjs";
import { freshTotp } from "./totp.mjs";

export { axe, assertAccessible, sidewaysOverflow } from "./accessible.mjs";
export { totp, freshTotp } from "./totp.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const program = process.env.KINFOLD ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/kinfold");

/** Widths in CSS pixels at which every page is looked at. */
export const sizes = [320, 1280];

/**
 * Starts an invented council on a private port.
 * @param {{db?: "sqlite"|"postgres", children?: number, seed?: number}} [options]
 * @returns {Promise<{url: string, accounts: Account[], folder: string, child: import("node:child_process").ChildProcess,
 *   log: () => string, stop: () => Promise<void>}>}
 * @typedef {{role: string, email: string, password: string, totp_secret: string}} Account
 */
export async function startServer({ db = "sqlite", children = 40, seed = 7 } = {}) {
  if (!existsSync(program)) {
    throw new Error(`${program} is missing: build it with \`cargo build -p kinfold\` (\`make browser\` does)`);
  }
  const folder = mkdtempSync(join(tmpdir(), "kinfold-browser-"));
  const cluster = db === "postgres" ? await startPostgres() : null;
  const address = cluster ? cluster.url : `sqlite:${join(folder, "council.db")}`;
  const accountsFile = join(folder, "accounts.json");
  const child = spawn(
    program,
    ["demo", "--db", address, "--listen", "127.0.0.1:0", "--children", `${children}`, "--seed", `${seed}`, "--accounts-json", accountsFile],
    { cwd: folder, stdio: ["ignore", "pipe", "pipe"] },
  );
  const said = [];
  child.stderr.on("data", (bytes) => said.push(bytes.toString()));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  // A test process that dies must not leave a server behind.
  const onExit = () => child.kill("SIGKILL");
  process.once("exit", onExit);
  const stop = async () => {
    process.removeListener("exit", onExit);
    child.kill("SIGTERM");
    await ended;
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const url = await new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        said.push(`${line}\n`);
        const found = /listening on (http:\/\/[\d.]+:\d+)/.exec(line);
        if (found) resolve(found[1]);
      });
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`kinfold demo ended with ${code} before it listened:\n${said.join("")}`)));
    });
    if (db === "postgres") looksLikeAnother(url);
    const accounts = JSON.parse(readFileSync(accountsFile, "utf8"));
    return { url, accounts, folder, child, log: () => said.join(""), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Stops what `startServer` started and takes its folder and cluster away. */
export async function stopServer(server) {
  await server?.stop();
}

/** A headless Chromium; one for each test file is enough. */
export async function openBrowser() {
  // Chromium without its own windows and pages where there is one: the same pages, a third quicker.
  const known = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
  const executablePath = process.env.CHROMIUM ?? known.find((path) => existsSync(path)) ?? known[1];
  if (!existsSync(executablePath)) throw new Error(`${executablePath} is missing: \`make need-test\` installs Chromium`);
  // Chromium's sandbox cannot be set up by root, which is what a container usually is.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  // Two cores and no graphics card draw for all: nothing is drawn by a process of its own, nothing asked of the network.
  const quiet = ["--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath, headless: true, args: [...args, ...quiet] });
}

/**
 * A page of its own context (own cookies) at one width, which remembers what went wrong in it.
 * @param {import("playwright-core").Browser} browser
 * @param {{width?: number, js?: boolean, dark?: boolean, url?: string}} [options] `url` makes relative addresses work.
 * @returns {Promise<import("playwright-core").Page & {faults: string[], withoutScripts: boolean}>}
 */
export async function newPage(browser, { width = 1280, js = true, dark = false, url } = {}) {
  const context = await browser.newContext({
    baseURL: url,
    javaScriptEnabled: js,
    viewport: { width, height: 900 },
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "Europe/London",
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.faults = [];
  page.withoutScripts = !js;
  page.on("pageerror", (error) => page.faults.push(`script: ${error.message}`));
  // A page that is refused on purpose is told of as well; whoever asks for it looks at its status.
  const asked = new Set();
  page.on("request", (request) => {
    if (request.isNavigationRequest()) asked.add(request.url());
  });
  page.on("console", (message) => {
    if (message.type() !== "error" || asked.has(message.location().url)) return;
    page.faults.push(`console: ${message.text()}`);
  });
  return page;
}

/** As `newPage`, without scripts: what a person behind a strict filter, or on an old telephone, has. */
export const noJs = (browser, options = {}) => newPage(browser, { ...options, js: false });

/** The account the demo made for a role by its code, such as `social_worker` (`social-worker` reads better in a test). */
export function account(server, role) {
  const found = server.accounts.find((one) => one.role === role.replaceAll("-", "_"));
  if (!found) throw new Error(`the demo made no account for ${role}; it made ${server.accounts.map((one) => one.role).join(", ")}`);
  return found;
}

/**
 * Signs in as a role, by both steps, as a person does; returns the account. The page must have been made with `url`.
 * @param {import("playwright-core").Page} page
 * @param {Awaited<ReturnType<typeof startServer>>} server
 */
export async function signIn(page, server, role) {
  const who = account(server, role);
  await page.goto(`${server.url}/sign-in`);
  await page.fill('input[name="email"]', who.email);
  await page.fill('input[name="password"]', who.password);
  await submit(page);
  await page.fill('input[name="code"]', await freshTotp(who.totp_secret));
  await submit(page);
  if (new URL(page.url()).pathname.startsWith("/sign-in")) {
    throw new Error(`${role} could not sign in; the page said:\n${await page.locator("main").innerText()}`);
  }
  return who;
}

/** Sends the form of the main part by its first button and waits for the page that answers. */
export async function submit(page, name) {
  const main = page.getByRole("main");
  const button = name ? main.getByRole("button", { name, exact: true }) : main.locator("form button:not([type=button])").first();
  await Promise.all([page.waitForEvent("framenavigated"), button.click()]);
  await page.waitForLoadState("load");
}

/** Takes a picture of the whole page into tests/browser/shots, when `KINFOLD_SHOTS` is set: for somebody who looks. */
export async function shot(page, name) {
  if (!process.env.KINFOLD_SHOTS) return null;
  const folder = join(here, "shots");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, fullPage: true });
  return path;
}

// Axe and the other things that must hold of every page, whatever it shows.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 AA and everything below it, and what axe holds to be good practice. */
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/**
 * What axe finds on the page as it stands, each as one readable paragraph; none is an empty list.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>}
 */
export async function axe(page) {
  const twin = page.withoutScripts ? await scriptedTwin(page) : null;
  const subject = twin ?? page;
  try {
    // Evaluated from outside the page, so its content security policy does not stop it.
    await subject.evaluate(source);
    const found = await subject.evaluate((only) => globalThis.axe.run(document, { runOnly: only, resultTypes: ["violations"] }), tags);
    return found.violations.map(readable);
  } finally {
    await twin?.context().close();
  }
}

function readable(violation) {
  const places = violation.nodes.map((node) => {
    const why = node.failureSummary?.replace(/\n\s*/g, " ") ?? "";
    return `    ${node.target.join(" ")}\n      ${node.html.slice(0, 160)}\n      ${why}`;
  });
  return `${violation.id} (${violation.impact}): ${violation.help}\n${places.join("\n")}`;
}

/** Axe needs timers, which a page without scripts has not. The same markup is shown again where axe, but none of the
 * page's own scripts, may run. */
async function scriptedTwin(page) {
  const html = await page.content();
  const address = page.url();
  const dark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  const context = await page.context().browser().newContext({
    viewport: page.viewportSize(),
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
    locale: "en-GB",
  });
  const twin = await context.newPage();
  await twin.route("**/*", (route) => {
    const request = route.request();
    if (request.isNavigationRequest()) return route.fulfill({ body: html, contentType: "text/html; charset=utf-8" });
    return request.resourceType() === "script" ? route.abort() : route.continue();
  });
  await twin.goto(address);
  return twin;
}

/** How many pixels the page is wider than its window; a page may never scroll sideways. */
export function sidewaysOverflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Where axe need not look again: what a page is made of does not depend on the database, and each journey is made on
 * SQLite too. */
const lookedAt = new Set();

/** Says that the pages of a server are those of another one, which axe looks at. */
export function looksLikeAnother(url) {
  lookedAt.add(new URL(url).origin);
}

/** Fails, with everything found, when the page is not what every page must be. */
export async function assertAccessible(page, name = page.url()) {
  if (!lookedAt.has(new URL(page.url()).origin)) {
    const found = await axe(page);
    assert.deepEqual(found, [], `${name}: axe found\n${found.join("\n\n")}`);
  }
  assert.equal(await sidewaysOverflow(page), 0, `${name}: the page scrolls sideways at ${page.viewportSize().width} px`);
  assert.equal(await page.locator("h1").count(), 1, `${name}: a page has one main heading`);
  assert.deepEqual(page.faults ?? [], [], `${name}: the browser reported faults`);
}

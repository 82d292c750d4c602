// The statutory return in the browser: looked at, brought in, again, and undone.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assertAccessible, newPage, openBrowser, shot, sidewaysOverflow, signIn, sizes, startServer, stopServer, submit } from "./harness.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../../crates/census/tests/data/two_years/return 2025-26");
const files = () => readdirSync(folder).map((name) => ({ name, mimeType: "text/csv", buffer: readFileSync(join(folder, name)) }));

/** Waits until the work behind the page has come to one of these headings. */
async function until(page, heading) {
  await page.getByRole("heading", { level: 1, name: heading }).waitFor({ timeout: 60_000 });
}

async function upload(page, chosen) {
  await page.goto("/imports");
  await page.setInputFiles('input[name="files"]', chosen);
  await page.fill('input[name="year"]', "2026");
  await submit(page, "See what would happen");
}

async function figure(page, words) {
  const row = page.locator(".govuk-summary-list__row", { hasText: words });
  return Number((await row.locator("dd").first().innerText()).trim());
}

for (const db of ["sqlite", "postgres"]) {
  describe(`imports, on ${db}`, () => {
    let server;
    let browser;
    before(async () => {
      server = await startServer({ db });
      browser = await openBrowser();
    });
    after(async () => {
      await browser?.close();
      await stopServer(server);
    });

    test("a return is looked at, brought in once however often, and undone", async () => {
      const page = await newPage(browser, { url: server.url });
      await signIn(page, server, "data-analyst");
      await upload(page, files());
      await until(page, "What would happen");
      await assertAccessible(page);
      const children = await figure(page, "Children that would be added");
      assert.ok(children > 0);
      await shot(page, `imports-plan-${db}-1280`);
      await submit(page, "Bring it in");
      await until(page, "The return is in");
      assert.equal(await figure(page, "Children that were added"), children);
      await assertAccessible(page);

      await upload(page, files());
      await until(page, "What would happen");
      assert.equal(await figure(page, "Facts that would be added"), 0);
      await page.getByText("There is nothing to bring in").waitFor();

      await page.goto("/imports");
      await shot(page, `imports-list-${db}-1280`);
      await page.getByRole("link", { name: /^Undo/ }).first().click();
      await assertAccessible(page);
      await submit(page, "Undo this import");
      await until(page, "The import is undone");
      assert.equal(await figure(page, "Children out of sight again"), children);
      await page.context().close();
    });

    test("wrong files are refused with words, at both widths", async () => {
      const page = await newPage(browser, { url: server.url });
      await signIn(page, server, "data-analyst");
      for (const width of sizes) {
        await page.setViewportSize({ width, height: 900 });
        // The browser reports each refusal (422) as a fault; they were asked for.
        page.faults.length = 0;
        await page.goto("/imports");
        await assertAccessible(page);
        assert.equal(await sidewaysOverflow(page), 0);
        await submit(page, "See what would happen");
        await page.getByRole("alert").waitFor();
        await page.setInputFiles('input[name="files"]', [{ name: "return.docx", mimeType: "application/msword", buffer: Buffer.from("no") }]);
        await submit(page, "See what would happen");
        await page.getByText("is no CSV, XML or zip file").first().waitFor();
        // A file cut off in the middle, and a row that cannot be: told with file and line, the rest still read.
        const cut = files().map((file) => (file.name === "episodes.csv" ? { ...file, buffer: Buffer.from(file.buffer.toString().replace("12/06/2025,X1", "31/02/2025,X1").slice(0, -20)) } : file));
        await upload(page, cut);
        await until(page, "What would happen");
        await page.getByRole("row", { name: /episodes\.csv, line 2/ }).first().waitFor();
        const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Take them away as CSV" }).click()]);
        assert.match(readFileSync(await download.path(), "utf8"), /episodes\.csv/);
        assert.equal(await sidewaysOverflow(page), 0);
        await shot(page, `imports-problems-${db}-${width}`);
      }
      await page.context().close();
    });
  });
}

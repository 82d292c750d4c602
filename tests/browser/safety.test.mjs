// Access and safety: an emergency opens one record and is reviewed; who looked can be read; those who must see no child see none.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { account, assertAccessible, newPage, noJs, openBrowser, shot, signIn, sizes, startServer, stopServer, submit } from "./harness.mjs";

const reason = "The police have found a girl at the station and ask who to ring.";

/** Number, name and address of the first child that somebody works with. */
async function childOf(browser, server, role) {
  const page = await noJs(browser, { url: server.url });
  await signIn(page, server, role);
  await page.goto("/");
  const link = page.locator('main table a[href^="/children/"]:not([href*="/duties/"])').first();
  const href = await link.getAttribute("href");
  const name = (await link.innerText()).trim();
  await page.goto(href);
  const number = /\b[A-Z]\d{4,}\b/.exec(await page.locator("body").innerText())?.[0];
  await page.context().close();
  assert.ok(href && name && number, `${role} works with a child`);
  return { href, name, number };
}

for (const db of ["sqlite", "postgres"]) {
  describe(`access and safety, on ${db}`, () => {
    let server;
    let browser;
    let child; // a care leaver, whom the social worker does not work with
    let own; // a child whom the social worker works with
    before(async () => {
      server = await startServer({ db });
      browser = await openBrowser();
      child = await childOf(browser, server, "personal-adviser");
      own = await childOf(browser, server, "social-worker");
    });
    after(async () => {
      await browser?.close();
      await stopServer(server);
    });

    test("somebody not in the circle opens a record in an emergency, sees that it is one, and closes it", async () => {
      const page = await noJs(browser, { url: server.url });
      await signIn(page, server, "social-worker");
      assert.equal((await page.goto(child.href)).status(), 404);
      await page.goto("/break-glass");
      await assertAccessible(page);
      await page.fill('input[name="reference"]', child.number);
      await page.fill('textarea[name="reason"]', "urgent");
      await page.fill('input[name="password"]', account(server, "social-worker").password);
      await submit(page, "Open the record");
      await page.getByRole("alert").waitFor();
      assert.equal(await page.inputValue('textarea[name="reason"]'), "urgent", "what was typed is kept");
      assert.equal(await page.inputValue('input[name="password"]'), "", "a password is not sent back");
      await page.fill('textarea[name="reason"]', reason);
      await page.fill('input[name="password"]', account(server, "social-worker").password);
      await submit(page, "Open the record");
      assert.equal(new URL(page.url()).pathname, child.href);
      await page.getByText("You opened this record in an emergency.").waitFor();
      await assertAccessible(page);
      await shot(page, `safety-opened-${db}`);
      assert.ok(!(await page.title()).includes(child.name.split(" ")[0]), "no name in the title");
      await page.getByRole("link", { name: "Close it now" }).click();
      await assertAccessible(page);
      await submit(page, "Close it now");
      assert.equal((await page.goto(child.href)).status(), 404);
      await page.context().close();
    });

    test("a safeguarding lead is told, reviews the opening, and sees who looked", async () => {
      const page = await noJs(browser, { url: server.url });
      await signIn(page, server, "safeguarding-lead");
      await page.goto("/notices");
      await page.getByText("opened in an emergency").first().waitFor();
      await page.goto("/audit/break-glass");
      await assertAccessible(page);
      await shot(page, `safety-review-${db}`);
      const waiting = page.locator("section.kf-opening").filter({ hasText: reason }).first();
      assert.ok((await waiting.innerText()).includes(child.number));
      assert.ok(!(await page.locator("main").innerText()).includes(child.name), "by number only");
      await waiting.getByRole("button", { name: "Keep this review" }).click();
      await page.getByRole("alert").waitFor();
      const again = page.locator("section.kf-opening").filter({ hasText: reason }).first();
      await again.getByRole("radio", { name: "Justified", exact: true }).check();
      await again.getByRole("textbox").fill("The duty team confirmed the call from the police.");
      await again.getByRole("button", { name: "Keep this review" }).click();
      await page.getByText("The review is kept").waitFor();
      await page.getByText("The duty team confirmed").waitFor();

      await page.goto(`${child.href}/access`);
      await page.getByRole("cell", { name: "Opened the record in an emergency" }).first().waitFor();
      await assertAccessible(page);
      await page.goto("/audit?refused=yes");
      await page.getByRole("cell", { name: /^Tried: opened the child’s page/ }).first().waitFor();
      assert.equal(await page.getByRole("cell", { name: "Allowed", exact: true }).count(), 0);
      await page.context().close();
    });

    test("an export of who looked asks for the password first", async () => {
      const page = await newPage(browser, { url: server.url });
      await signIn(page, server, "social-worker");
      await page.goto(`${own.href}/access`);
      await page.getByRole("button", { name: "Export as CSV" }).click();
      await page.getByRole("heading", { name: "Enter your password again" }).waitFor();
      await page.fill('input[name="password"]', account(server, "social-worker").password);
      const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Continue" }).click()]);
      assert.match(file.suggestedFilename(), /^who-looked-[A-Z0-9]+\.csv$/);
      await page.context().close();
    });

    test("an administrator and a councillor can read no child", async () => {
      for (const role of ["administrator", "councillor", "commissioner", "data-protection-officer"]) {
        const page = await noJs(browser, { url: server.url });
        await signIn(page, server, role);
        for (const address of [own.href, child.href, `${child.href}/chronology`, `${child.href}/record`, `${child.href}/circle`, "/break-glass"]) {
          assert.equal((await page.goto(address)).status(), 404, `${role} at ${address}`);
        }
        for (const address of ["/", "/notices", "/account"]) {
          await page.goto(address);
          assert.ok(!(await page.locator("body").innerText()).includes(child.name), `${role} at ${address}`);
        }
        const allowed = { "data-protection-officer": ["/audit", "/matrix"], administrator: ["/admin", "/matrix"] }[role] ?? [];
        for (const address of ["/audit", "/audit/break-glass", "/matrix", "/admin", "/imports", "/board"]) {
          const status = (await page.goto(address)).status();
          assert.equal(status, allowed.includes(address) ? 200 : 404, `${role} at ${address}`);
        }
        await page.context().close();
      }
    });

    test("every page is accessible and fits, narrow and wide", async () => {
      for (const width of sizes) {
        const page = await newPage(browser, { url: server.url, width });
        await signIn(page, server, "safeguarding-lead");
        for (const address of ["/audit", "/audit/break-glass", "/matrix", "/break-glass", `${child.href}/access`]) {
          await page.goto(address);
          await assertAccessible(page);
          await shot(page, `safety${address.replace(child.href, "/child").replaceAll("/", "-")}-${db}-${width}`);
        }
        await page.context().close();
      }
    });
  });
}

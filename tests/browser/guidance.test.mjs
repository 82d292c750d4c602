// The guidance: every rule with its law, and a council's own layer looked at, switched on and off.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible, newPage, noJs, openBrowser, shot, sidewaysOverflow, signIn, sizes, startServer, stopServer, submit } from "./harness.mjs";

const rule = (within) => `id = "local.supervision"
version = 1
title = "Supervision of the case"
strand = "care"
why = "The worker's manager looks at the plan early."
confidence = "L"
effective_from = 2020-01-01
owner = { role = "team_manager" }

[source]
cite = "Fernshire procedures 4.2"

[starts]
on = "care_period"

[due]
within = "${within}"
opens = "start"

[[met_by]]
event = "note"
`;

for (const db of ["sqlite", "postgres"]) {
  describe(`guidance, on ${db}`, () => {
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

    test("every page is accessible and fits, narrow and wide", async () => {
      for (const width of sizes) {
        const page = await newPage(browser, { url: server.url, width });
        await signIn(page, server, "team-manager");
        for (const address of ["/guidance", "/guidance/review.first", "/guidance/calendar", "/guidance/codes", "/guidance/codes/legal_status"]) {
          await page.goto(address);
          await assertAccessible(page);
          assert.equal(await sidewaysOverflow(page), 0, `${address} at ${width}`);
          await shot(page, `guidance${address.replaceAll("/", "-")}-${db}-${width}`);
        }
        await page.goto("/guidance/review.first");
        await page.getByText("CPPCR 2010 reg 33(1)").first().waitFor();
        await page.context().close();
      }
    });

    test("a layer with a mistake is explained; a sound one is looked at, switched on and off, without scripts", async () => {
      const page = await noJs(browser, { url: server.url });
      await signIn(page, server, "administrator");
      await page.goto("/guidance/local");
      await assertAccessible(page);
      await page.fill('input[name="name"]', "fernshire");
      await page.fill('input[name="path"]', "rules/care/local.supervision.toml");
      await page.fill('textarea[name="text"]', rule("10 working dayz"));
      await submit(page, "See what it would change");
      const row = page.getByRole("row", { name: /fernshire\/rules\/care\/local\.supervision\.toml\s+17/ });
      await row.waitFor();
      assert.ok((await page.inputValue('textarea[name="text"]')).includes("dayz"), "what was typed is kept");
      // The browser reports the refusal (422) as a fault; it was asked for.
      page.faults.length = 0;
      await page.fill('textarea[name="text"]', rule("10 working days"));
      await submit(page, "See what it would change");
      await page.getByRole("row", { name: /Supervision of the case/ }).first().waitFor();
      await assertAccessible(page);
      await shot(page, `guidance-preview-${db}`);
      await submit(page, "Switch it on");
      await page.getByText("The local guidance is on").waitFor();
      await page.goto("/guidance/local.supervision");
      await page.getByText("Local: fernshire").first().waitFor();
      await page.goto("/guidance/local");
      await submit(page, "Switch off");
      await page.getByText("The local guidance is off").waitFor();
      assert.equal((await page.goto("/guidance/local.supervision")).status(), 404);
      await page.context().close();
    });
  });
}

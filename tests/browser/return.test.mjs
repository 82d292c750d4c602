// An analyst makes the statutory return: sees what its rules find, follows a finding into the record, signs off, and
// takes the files once the password is given. Nobody else gets there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { account, assertAccessible, newPage, noJs, openBrowser, shot, signIn, sizes, startServer, stopServer } from "./harness.mjs";

for (const db of ["sqlite", "postgres"]) {
  describe(`the statutory return (${db})`, () => {
    let server;
    let browser;
    const signedIn = {};

    const pageOf = async (role, make = newPage, options = {}) => {
      const page = await make(browser, { url: server.url, ...options });
      await page.context().addCookies(signedIn[role]);
      return page;
    };

    before(async () => {
      server = await startServer({ db, children: 60 });
      browser = await openBrowser();
      for (const role of ["data-analyst", "social-worker"]) {
        const page = await newPage(browser, { url: server.url });
        await signIn(page, server, role);
        signedIn[role] = await page.context().cookies();
        await page.context().close();
      }
    });
    after(async () => {
      await browser?.close();
      await stopServer(server);
    });

    /** The address of the newest collection that is over. */
    const newest = async (page) => {
      await page.goto("/return");
      const over = page.getByRole("row").filter({ hasText: "31 March" }).filter({ hasNotText: "still running" });
      return over.first().getByRole("link").getAttribute("href");
    };

    for (const width of sizes) {
      test(`every page is accessible at ${width} px, with and without scripts`, async () => {
        for (const make of [newPage, noJs]) {
          const page = await pageOf("data-analyst", make, { width });
          const year = await newest(page);
          for (const [name, address] of [
            ["return-years", "/return"],
            ["return-year", year],
            ["return-children", `${year}/children`],
            ["return-rule", "/return/rules/101"],
          ]) {
            assert.equal((await page.goto(address)).status(), 200, address);
            if (make === newPage && db === "sqlite") await shot(page, `${name}-${width}`);
            await assertAccessible(page, `${name} at ${width} px`);
          }
          await page.context().close();
        }
      });
    }

    test("a social worker has no link to it and no page of it", async () => {
      const page = await pageOf("social-worker", noJs);
      await page.goto("/");
      // Her own page links to what the rules find in her children's records; the return itself is nowhere.
      assert.equal(await page.getByRole("navigation").getByRole("link", { name: "Statutory return" }).count(), 0);
      assert.equal(await page.locator('a[href="/return"]').count(), 0);
      for (const address of ["/return", "/return/2026", "/return/2026/children", "/return/2026/files.zip"]) {
        assert.equal((await page.goto(address)).status(), 404, address);
      }
      await page.context().close();
    });

    test("a finding leads to its children and into the record", async () => {
      const page = await pageOf("data-analyst", noJs);
      await page.goto("/");
      await page.getByRole("navigation").getByRole("link", { name: "Statutory return" }).click();
      await page.waitForURL("**/return");
      await page.goto(await newest(page));
      const found = page.getByRole("table", { name: "What the rules find" }).locator("tbody tr").first();
      const children = Number((await found.getByRole("cell").nth(-2).innerText()).trim());
      assert.ok(children > 0, "a return without findings proves nothing");
      await found.locator('a[href*="/children?rule="]').click();
      await page.waitForURL("**/children?rule=**");
      const listed = parseInt(await page.getByText(/^\d+ child(ren)?$/).innerText(), 10);
      assert.equal(listed, children, "as many children as the rule says");
      const record = await page.getByRole("main").locator('a[href^="/children/"]').first().getAttribute("href");
      assert.equal((await page.goto(record)).status(), 200, "the analyst may open a child that is listed");
      await page.context().close();
    });

    test("it is signed off with a reason, and its files are given once the password is", async () => {
      const page = await pageOf("data-analyst");
      await page.goto(await newest(page));
      await page.getByText("has not been signed off yet").waitFor();
      await page.getByRole("button", { name: "Sign off" }).click();
      await page.getByRole("alert").getByText("Say why the findings are left as they are").waitFor();
      await assertAccessible(page, "the refused form");
      await page.fill('textarea[name="reason"]', "The teams know of them");
      await page.getByRole("button", { name: "Sign off" }).click();
      await page.getByText("The return is signed off").waitFor();
      await page.getByText("Reason: The teams know of them").waitFor();
      const signed = page.locator('a[href$="files.zip?signed=1"]');
      await signed.click();
      await page.waitForURL("**/confirm-password**");
      await page.fill('input[name="password"]', account(server, "data-analyst").password);
      const [zip] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Continue" }).click()]);
      assert.match(zip.suggestedFilename(), /^ssda903-\d{4}-\d{2}-signed-1\.zip$/);
      const bytes = readFileSync(await zip.path());
      assert.equal(bytes.subarray(0, 2).toString(), "PK");
      await page.goto(await newest(page));
      const [again] = await Promise.all([page.waitForEvent("download"), signed.click()]);
      assert.ok(bytes.equals(readFileSync(await again.path())), "the same to the byte");
      const [xml] = await Promise.all([
        page.waitForEvent("download"),
        page.locator('a[href$="files.xml"]').click(),
      ]);
      assert.match(readFileSync(await xml.path(), "utf8"), /^<\?xml/);
      await page.context().close();
    });
  });
}

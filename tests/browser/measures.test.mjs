// An analyst reads the measures, opens one, finds the children behind it and takes a copy; a councillor sees figures as
// they may be published, and no child.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { account, assertAccessible, newPage, noJs, openBrowser, shot, signIn, sizes, startServer, stopServer } from "./harness.mjs";

const pages = [
  ["measures", "/measures"],
  ["measures-now", "/measures?year=2100"],
  ["measure", "/measures/stability.three_homes"],
  ["measure-mean", "/measures/missing.mean"],
  ["measure-not-recorded", "/measures/offending.convicted"],
  ["needs", "/needs"],
];

for (const db of ["sqlite", "postgres"]) {
  describe(`measures (${db})`, () => {
    let server;
    let browser;
    const signedIn = {};

    /** A page of somebody who is signed in already. */
    const pageOf = async (role, make = newPage, options = {}) => {
      const page = await make(browser, { url: server.url, ...options });
      await page.context().addCookies(signedIn[role]);
      return page;
    };

    before(async () => {
      server = await startServer({ db, children: 120 });
      browser = await openBrowser();
      // One session each serves the whole file: a code of the second factor is good once in half a minute.
      for (const role of ["data-analyst", "councillor"]) {
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

    for (const role of ["data-analyst", "councillor"]) {
      for (const width of sizes) {
        test(`every page is accessible to the ${role} at ${width} px, with and without scripts`, async () => {
          for (const make of [newPage, noJs]) {
            const page = await pageOf(role, make, { width });
            for (const [name, address] of pages) {
              await page.goto(address);
              if (make === newPage && db === "sqlite") await shot(page, `${name}-${role}-${width}`);
              await assertAccessible(page, `${name} of the ${role} at ${width} px`);
            }
            await page.context().close();
          }
        });
      }
    }

    test("the list of children is as long as the numerator, and leads to each child", async () => {
      const page = await pageOf("data-analyst", noJs);
      await page.goto("/");
      await page.getByRole("navigation").getByRole("link", { name: "Measures" }).click();
      await page.waitForURL("**/measures");
      const row = page.getByRole("row").filter({ hasText: "Three or more homes in the year" });
      const numerator = Number((await row.getByRole("cell").nth(1).innerText()).trim());
      const denominator = Number((await row.getByRole("cell").nth(2).innerText()).trim());
      assert.ok(numerator > 0 && denominator > numerator, `${numerator} of ${denominator} proves nothing`);
      await row.getByRole("link").click();
      await page.waitForURL("**/measures/stability.three_homes?**");
      const children = page.getByRole("table", { name: "Children behind the figure" });
      assert.equal(await children.locator("tbody tr").count(), numerator);
      await page.getByRole("link", { name: "Denominator", exact: true }).click();
      await page.waitForURL("**part=all**");
      // Records restricted to named readers are counted, and listed only for those readers.
      const listed = parseInt(await page.getByText(/^\d+ children$/).innerText(), 10);
      assert.ok(listed > numerator && listed <= denominator, `${listed} of ${denominator} listed`);
      const href = await children.locator("tbody a").first().getAttribute("href");
      assert.equal((await page.goto(href)).status(), 200, "the analyst may open every child listed");
      await page.context().close();
    });

    test("another year is chosen, and shown in every figure", async () => {
      const page = await pageOf("data-analyst", noJs);
      await page.goto("/measures/children.looked_after");
      const year = page.locator('select[name="year"]');
      const older = await year.locator("option").nth(2).getAttribute("value");
      await year.selectOption(older);
      await page.getByRole("button", { name: "Show" }).click();
      await page.waitForURL(`**year=${older}**`);
      assert.equal(await year.inputValue(), older);
      const trend = page.getByRole("table", { name: "Children looked after, year by year" });
      const figure = await trend.getByRole("row").filter({ hasText: `March ${older}` }).getByRole("cell").first().innerText();
      assert.equal(await page.locator(".kf-stat__figure").first().innerText(), figure);
      await page.context().close();
    });

    test("a list that tells of health is not for somebody who reads no health", async () => {
      const page = await pageOf("data-analyst", noJs);
      await page.goto("/measures/health.dental");
      await page.getByText("listed only for those who may read what this measure counts").waitFor();
      assert.equal(await page.locator('a[href^="/children/"]').count(), 0);
      await page.context().close();
    });

    test("a councillor sees figures as they may be published, and no child", async () => {
      const page = await pageOf("councillor", noJs);
      await page.goto("/measures");
      await page.getByText("You see figures as they may be published").waitFor();
      const cells = await page.locator("tbody td.govuk-table__cell--numeric").allInnerTexts();
      assert.ok(cells.some((cell) => cell.trim() === "c"), "something is hidden");
      for (const [, address] of pages) {
        await page.goto(address);
        assert.equal(await page.locator('a[href^="/children/"]').count(), 0);
        assert.equal(await page.getByRole("heading", { name: "Children behind the figure" }).count(), 0);
        for (const row of await page.locator("tbody tr").all()) {
          const numbers = (await row.locator("td").allInnerTexts()).map((cell) => cell.trim());
          for (const number of numbers.slice(1, 3)) assert.ok(!/^[1-5]$/.test(number), `${address}: ${numbers}`);
        }
      }
      const list = await page.goto("/measures/stability.three_homes/children.csv");
      assert.equal(list.status(), 404);
      await page.context().close();
    });

    test("the needs profile is reached from the measures, chosen for a year, and goes on paper", async () => {
      const page = await pageOf("councillor", noJs);
      await page.goto("/measures");
      await page.getByRole("link", { name: "Needs profile" }).click();
      await page.waitForURL("**/needs?year=*");
      await page.locator('select[name="year"]').selectOption({ index: 0 });
      await page.getByRole("button", { name: "Show" }).click();
      await page.getByText("12 months to").last().waitFor();
      const who = page.getByRole("table", { name: "Who they are" }).getByRole("row").nth(1);
      const total = Number((await who.getByRole("cell").first().innerText()).trim());
      const ages = await page.getByRole("table", { name: "Children looked after, by age" }).getByRole("row").allInnerTexts();
      const shown = ages.slice(1).map((row) => Number(row.split("\t")[1])).filter((n) => !Number.isNaN(n));
      assert.ok(total > 60 && shown.length > 2 && shown.reduce((a, b) => a + b) <= total, `${shown} of ${total}`);
      const [pdf] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "PDF for a needs assessment" }).click()]);
      assert.equal(readFileSync(await pdf.path()).subarray(0, 5).toString(), "%PDF-");
      await page.context().close();
    });

    test("copies are given once the password is", async () => {
      const page = await pageOf("data-analyst");
      await page.goto("/measures");
      await page.getByRole("link", { name: "CSV file" }).click();
      await page.waitForURL("**/confirm-password**");
      await page.fill('input[name="password"]', account(server, "data-analyst").password);
      const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Continue" }).click()]);
      assert.equal(csv.suggestedFilename(), "kinfold-measures.csv");
      const text = readFileSync(await csv.path(), "utf8");
      assert.match(text, /^\uFEFFMeasure,Title,Year to,Split,Group,Numerator,Denominator/);
      assert.match(text, /\r\nstability\.three_homes,[^\r]*,,All,\d+,\d+,\d+,\d+\.\d,percent/);
      await page.goto("/measures/stability.three_homes");
      const rows = await page.getByText(/^\d+ child(ren)?$/).innerText();
      const [children] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV file" }).click()]);
      const lines = readFileSync(await children.path(), "utf8").trim().split("\r\n");
      assert.equal(lines[0], "Reference,Name,Born,Counted,Amount");
      assert.equal(lines.filter((line) => line.includes(",Yes,")).length, parseInt(rows, 10));
      const [xlsx] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Excel file" }).click()]);
      assert.equal(readFileSync(await xlsx.path()).subarray(0, 2).toString(), "PK");
      await page.context().close();
    });
  });
}

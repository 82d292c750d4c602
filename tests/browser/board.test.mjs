// A team manager oversees: the board, the list behind a figure, a copy to take away, a calendar, notices, the search.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { account, assertAccessible, newPage, noJs, openBrowser, shot, signIn, sizes, startServer, stopServer, submit } from "./harness.mjs";

const pages = [
  ["board", "/board"],
  ["board-mine", "/board?extent=mine"],
  ["board-nothing", "/board?age=18_and_over&placement=K1&status=L3"],
  ["board-children", "/board/children"],
  ["board-list", "/board/list?state=late"],
  ["board-stuck", "/board/stuck"],
  ["team-work", "/board/team-work"],
  ["notices", "/notices"],
  ["notices-all", "/notices?show=all"],
  ["calendar", "/account/calendar"],
  ["find", "/find"],
];

/** The figure that a link of the board shows. */
const figure = async (link) => Number((await link.locator(".kf-board__count").innerText()).trim());

describe("the pathway board", () => {
  /** A page of the team manager, who is signed in already. */
  const managersPage = async (make, options = {}) => {
    const page = await make(browser, { url: server.url, ...options });
    await page.context().addCookies(manager);
    return page;
  };

  let server;
  let browser;
  let manager;
  before(async () => {
    server = await startServer({ children: 60 });
    browser = await openBrowser();
    // One session serves the whole file: a code of the second factor is good once in half a minute.
    const page = await newPage(browser, { url: server.url });
    await signIn(page, server, "team-manager");
    manager = await page.context().cookies();
    await page.context().close();
  });
  after(async () => {
    await browser?.close();
    await stopServer(server);
  });

  for (const width of sizes) {
    test(`every page is accessible at ${width} px, with and without scripts`, async () => {
      const page = await managersPage(newPage, { width });
      for (const [name, address] of pages) {
        await page.goto(address);
        await shot(page, `${name}-${width}`);
        await assertAccessible(page, `${name} at ${width} px`);
      }
      await page.context().close();
      const plain = await managersPage(noJs, { width });
      for (const [name, address] of pages) {
        await plain.goto(address);
        await assertAccessible(plain, `${name} at ${width} px without scripts`);
      }
      await plain.context().close();
    });
  }

  test("a figure opens a list of that length, and a filter narrows it", async () => {
    const page = await managersPage(noJs);
    await page.goto("/board");
    const link = page.locator("a.kf-board__part").first();
    const shown = await figure(link);
    await link.click();
    await page.waitForURL("**/board/list?**");
    const words = await page.getByRole("main").getByText(/^\d+ dut(y|ies)$/).innerText();
    assert.equal(parseInt(words, 10), shown, "the list is as long as the figure says");
    await page.selectOption('select[name="age"]', "10_to_15");
    await page.getByRole("button", { name: "Apply filters" }).click();
    await page.waitForURL("**age=10_to_15**");
    const rows = await page.locator("tbody tr").count();
    assert.ok(rows <= shown);
    await assertAccessible(page);
    await page.getByRole("link", { name: "Clear filters" }).first().click();
    await page.waitForURL("**/board/list");
    await page.context().close();
  });

  test("on a small screen the filters are folded and say what is chosen; beside the list they stand open", async () => {
    const small = await managersPage(noJs, { width: 320 });
    await small.goto("/board");
    const age = small.locator('select[name="age"]');
    assert.equal(await age.isVisible(), false, "the board comes first on a small screen");
    await small.locator("summary", { hasText: "Filters: none" }).click();
    await age.selectOption("10_to_15");
    await assertAccessible(small, "open filters at 320 px");
    await small.getByRole("button", { name: "Apply filters" }).click();
    await small.waitForURL("**age=10_to_15**");
    await small.locator("summary", { hasText: "Filters: Age 10 to 15" }).waitFor();
    await small.emulateMedia({ media: "print" });
    await small.getByRole("paragraph").filter({ hasText: "Filters: Age 10 to 15" }).waitFor();
    await small.context().close();
    const wide = await managersPage(noJs, { width: 1280 });
    await wide.goto("/board");
    assert.equal(await wide.locator('select[name="age"]').isVisible(), true, "there is room for them here");
    assert.equal(await wide.locator("summary", { hasText: "Filters: none" }).isVisible(), false);
    await wide.context().close();
  });

  test("a copy is given once the password is, as CSV and as XLSX", async () => {
    const page = await managersPage(newPage);
    const { password } = account(server, "team-manager");
    await page.goto("/board/list?state=late");
    await page.getByRole("link", { name: "CSV file" }).click();
    await page.waitForURL("**/confirm-password**");
    await page.fill('input[name="password"]', password);
    const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Continue" }).click()]);
    assert.equal(csv.suggestedFilename(), "kinfold-duties.csv");
    const text = readFileSync(await csv.path(), "utf8");
    assert.match(text, /^\uFEFFReference,Name,Duty,Due,State/);
    assert.ok(text.trim().split("\r\n").length > 1, "a copy of nothing proves nothing");
    await page.goto("/board");
    const [xlsx] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Excel file" }).click()]);
    assert.equal(xlsx.suggestedFilename(), "kinfold-board.xlsx");
    assert.equal(readFileSync(await xlsx.path()).subarray(0, 2).toString(), "PK");
    await page.context().close();
  });

  test("a calendar link is shown once, gives no name, and stops", async () => {
    const page = await managersPage(newPage);
    await page.goto("/account/calendar");
    await submit(page, "Make a link");
    await assertAccessible(page);
    const address = new URL((await page.locator(".kf-reference").innerText()).trim(), server.url);
    const link = `${server.url}${address.pathname}`;
    const given = await fetch(link);
    assert.equal(given.status, 200);
    assert.match(given.headers.get("content-type"), /^text\/calendar/);
    const calendar = await given.text();
    assert.match(calendar, /^BEGIN:VCALENDAR/);
    await page.goto("/account/calendar");
    assert.equal(await page.locator(".kf-reference").count(), 0, "shown only once");
    await page.goto("/board/children");
    for (const name of await page.locator("tbody th a").allInnerTexts()) {
      assert.ok(!calendar.includes(name.trim()), "a child’s name is in the calendar");
    }
    await page.goto("/account/calendar");
    await submit(page, "Stop the link");
    assert.equal((await fetch(link)).status, 404);
    await page.context().close();
  });

  test("the search finds by a slip of the fingers and leaves no name in the address", async () => {
    const page = await managersPage(noJs);
    await page.goto("/board/children");
    const child = page.locator("tbody th").first();
    const name = (await child.locator("a").innerText()).trim();
    const reference = (await child.locator(".kf-board__row-note").innerText()).split(",")[0].trim();
    await page.goto("/");
    await page.fill("#quick-search", name);
    await page.getByRole("button", { name: "Find" }).click();
    await page.waitForURL("**/find");
    assert.ok((await page.getByRole("main").innerText()).includes(name));
    await assertAccessible(page);
    assert.ok(!(await page.title()).includes(name));
    await page.fill("#q", reference);
    await submit(page, "Find");
    assert.match(new URL(page.url()).pathname, /^\/children\/[0-9a-f-]+$/, "a reference goes straight to the child");
    await page.goto("/find");
    await submit(page, "Find");
    await page.getByRole("alert").waitFor();
    await page.fill("#q", "Nobodyofthatname");
    await submit(page, "Find");
    await page.getByRole("heading", { name: "Nobody found" }).waitFor();
    await assertAccessible(page);
    await page.context().close();
  });

  test("a councillor finds no board, no copy and no calendar", async () => {
    const page = await newPage(browser, { url: server.url });
    await signIn(page, server, "councillor");
    for (const address of ["/board", "/board/list", "/board/children", "/board/stuck", "/board.csv", "/board/list.xlsx", "/board/team-work", "/account/calendar"]) {
      const answer = await page.goto(address);
      assert.equal(answer.status(), 404, address);
    }
    await page.context().close();
  });
});

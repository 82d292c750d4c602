// A worker's day: what is due and why, recording what happened, correcting it, the record as known on a day, two people
// at once, an excuse, an unmet need and the notices that climb.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible, newPage, noJs, openBrowser, shot, sidewaysOverflow, signIn, sizes, startServer, stopServer, submit } from "./harness.mjs";

const visits = "Social worker's visit";

/** Puts a day into a date input. */
async function enterDay(page, name, day) {
  await page.fill(`input[name="${name}-day"]`, `${day.getDate()}`);
  await page.fill(`input[name="${name}-month"]`, `${day.getMonth() + 1}`);
  await page.fill(`input[name="${name}-year"]`, `${day.getFullYear()}`);
}

/** So many days before today. */
function daysAgo(days) {
  const day = new Date();
  day.setDate(day.getDate() - days);
  return day;
}

/** From the list of one's own work to the most urgent visit; answers the child's address. */
async function openVisit(page) {
  await page.goto("/");
  await page.getByRole("link", { name: visits }).first().click();
  await page.getByRole("heading", { level: 1, name: visits }).waitFor();
  return new URL(page.url()).pathname.split("/").slice(0, 3).join("/");
}

for (const db of ["sqlite", "postgres"]) {
  describe(`a worker's day, on ${db}`, () => {
    let server;
    let browser;
    // Signed in once each: a code of the second step is good once.
    let worker;
    let manager;
    before(async () => {
      server = await startServer({ db });
      browser = await openBrowser();
      worker = await noJs(browser, { url: server.url });
      await signIn(worker, server, "social-worker");
      manager = await noJs(browser, { url: server.url });
      await signIn(manager, server, "team-manager");
    });
    after(async () => {
      await browser?.close();
      await stopServer(server);
    });

    test("every page is accessible and fits, narrow and wide", async () => {
      const page = await newPage(browser, { url: server.url });
      await signIn(page, server, "social-worker");
      const child = await openVisit(page);
      const duty = new URL(page.url()).pathname;
      await page.goto(`${child}/chronology`);
      const entry = await page.getByRole("link", { name: /Correct or withdraw/ }).first().getAttribute("href");
      const addresses = [
        ["work", "/"], ["child", child], ["done", `${child}/done`], ["chronology", `${child}/chronology`], ["duty", duty], ["excuse", `${duty}/excuse`], ["correct", entry],
        ["record", `${child}/record`], ["visit", `${child}/record/visit`], ["placement", `${child}/record/placement_started`],
        ["missing", `${child}/record/went_missing`], ["health", `${child}/record/health_step`], ["notices", "/notices"],
      ];
      for (const width of sizes) {
        await page.setViewportSize({ width, height: 900 });
        for (const [name, address] of addresses) {
          await page.goto(address);
          await assertAccessible(page);
          assert.equal(await sidewaysOverflow(page), 0, `${address} at ${width}`);
          await shot(page, `record-${name}-${db}-${width}`);
        }
      }
      assert.deepEqual(page.faults, []);
      await page.context().close();
    });

    test("a visit moves its duty at once; a correction keeps the old entry in sight; a past day shows the record of that day", async () => {
      const page = worker;
      const child = await openVisit(page);
      const duty = new URL(page.url()).pathname;
      // Why it is due: the law and the sum stand on the page.
      await page.getByText("CPPCR 2010 reg 28", { exact: false }).first().waitFor();
      await page.getByText("How we worked this out").first().click();
      assert.match(await page.locator("main details").first().innerText(), /42 days|6 weeks|7 days|1 week|3 months/);

      // Nothing answered is refused with words, and what was typed stays.
      await page.goto(`${child}/record/visit`);
      await page.fill('textarea[name="text"]', "We walked the dog and talked about school.");
      await submit(page, "Record");
      await page.getByRole("alert").waitFor();
      assert.equal(await page.inputValue('textarea[name="text"]'), "We walked the dog and talked about school.");
      await page.check('input[name="seen"][value="yes"]');
      await page.check('input[name="seen_alone"][value="yes"]');
      await page.fill('textarea[name="child_words"]', "I like it better now.");
      await submit(page, "Record");
      await page.getByText(/Recorded\. (One duty|\d+ duties) changed\./).waitFor();
      // What was due is met, and the next one stands in its place.
      await page.goto(duty);
      await page.getByText("Done", { exact: true }).first().waitFor();

      await page.goto(`${child}/chronology`);
      await page.getByText("We walked the dog and talked about school.").waitFor();
      await page.getByRole("link", { name: /Correct or withdraw/ }).first().click();
      await page.fill('textarea[name="text"]', "We walked the neighbour's dog and talked about school.");
      await submit(page, "Record the correction");
      await page.goto(`${child}/chronology`);
      await page.getByText("We walked the neighbour's dog").waitFor();
      assert.equal(await page.getByText("We walked the dog and").count(), 0, "the corrected entry is out of the way");
      await page.goto(`${child}/chronology?corrected=yes`);
      await page.getByText("We walked the dog and").first().waitFor();

      await page.goto(`${child}/chronology`);
      await enterDay(page, "known", daysAgo(1));
      await submit(page, "Apply filters");
      assert.equal(await page.getByText("We walked the neighbour's dog").count(), 0, "nobody knew it yesterday");
    });

    test("what cannot be is refused, and nothing is written", async () => {
      const page = worker;
      const child = await openVisit(page);
      await page.goto(`${child}/record/note`);
      await page.fill('textarea[name="text"]', "A note of a day that is not.");
      await page.fill('input[name="happened-day"]', "31");
      await page.fill('input[name="happened-month"]', "2");
      await submit(page, "Record");
      await page.getByRole("alert").waitFor();
      assert.equal(await page.inputValue('textarea[name="text"]'), "A note of a day that is not.");
      await page.goto(`${child}/chronology`);
      assert.equal(await page.getByText("A note of a day that is not.").count(), 0);
      // It was kept as a draft, which its writer can carry on with or throw away.
      await page.goto(`${child}/record/note`);
      assert.equal(await page.inputValue('textarea[name="text"]'), "A note of a day that is not.");
      await submit(page, "Start afresh");
      assert.equal(await page.inputValue('textarea[name="text"]'), "");
    });

    test("two windows on one record: the second is asked to look first, and loses nothing", async () => {
      const child = await openVisit(worker);
      const first = await worker.context().newPage();
      await worker.goto(`${child}/record/note`);
      await first.goto(`${child}/record/note`);
      await first.fill('textarea[name="text"]', "The first of two.");
      await submit(first, "Record");
      await worker.fill('textarea[name="text"]', "The second of two.");
      await submit(worker, "Record");
      await worker.getByRole("heading", { name: "Somebody else recorded something meanwhile" }).waitFor();
      assert.equal(await worker.inputValue('textarea[name="text"]'), "The second of two.");
      await submit(worker, "Record");
      await worker.goto(`${child}/chronology`);
      await worker.getByText("The first of two.").waitFor();
      await worker.getByText("The second of two.").waitFor();
      await first.close();
    });

    test("a duty is excused with a coded reason, and says so", async () => {
      const page = worker;
      await openVisit(page);
      const duty = new URL(page.url()).pathname;
      await page.getByRole("link", { name: "Excuse this duty" }).click();
      await submit(page, "Excuse the duty");
      await page.getByRole("alert").waitFor();
      await page.check('input[name="reason"][value="court_direction"]');
      await page.fill('textarea[name="text"]', "The court asked for no visit before the hearing.");
      await submit(page, "Excuse the duty");
      await page.goto(duty);
      await page.getByText("Excused", { exact: true }).first().waitFor();
    });

    test("an unmet need becomes somebody's work; a late duty reaches the manager's notices", async () => {
      const child = await openVisit(worker);
      await worker.goto(`${child}/record/unmet_need_raised`);
      await worker.selectOption('select[name="need"]', { index: 1 });
      await worker.fill('textarea[name="text"]', "No dentist within an hour takes new patients.");
      await submit(worker, "Record");
      await worker.goto(child);
      await worker.getByRole("link", { name: /unmet need/i }).first().waitFor();
      await manager.goto("/notices");
      await manager.getByText(/late/).first().waitFor();
    });

    test("what does not fit is shown before it is recorded, with the rule of the return, and hinders nobody", async () => {
      const page = worker;
      const child = await openVisit(page);
      await page.goto(`${child}/record/placement_started`);
      await page.selectOption('select[name="placement_type"]', "P1");
      await page.check('input[name="provider"][value="PR4"]');
      await page.fill('input[name="carer_name"]', "Maud Ketteridge");
      await submit(page, "Record");
      await page.getByText("Look at this before you record it").waitFor();
      await page.getByText("A private provider is recorded for a placement with parents.").first().waitFor();
      assert.equal(await page.inputValue('input[name="carer_name"]'), "Maud Ketteridge");
      for (const width of sizes) {
        await page.setViewportSize({ width, height: 900 });
        await assertAccessible(page);
        assert.equal(await sidewaysOverflow(page), 0, `the warning at ${width}`);
        await shot(page, `record-warned-${db}-${width}`);
      }
      // Whoever is pointed to the manual may read it, though they make no return.
      const manual = await page.context().newPage();
      await manual.goto(new URL(await page.getByRole("link", { name: "Rule 530" }).first().getAttribute("href"), page.url()).href);
      await manual.getByRole("heading", { level: 1, name: "Rule 530" }).waitFor();
      await manual.close();

      // Put right, it goes through unasked; left as it is, one choice is enough.
      await submit(page, "Record it as it is");
      await page.getByText(/For the statutory return: .*\(rule 530\)/).waitFor();
      await page.goto(`${child}/chronology`);
      await page.getByRole("link", { name: /Correct or withdraw/ }).first().click();
      await page.getByRole("heading", { name: "Correct an entry: Moved to a home" }).waitFor();
      await page.fill('input[name="carer_name"]', "Maud Ketteridge-Bell");
      await submit(page, "Record the correction");
      await page.getByText("Look at this before you record it").waitFor();
      await page.selectOption('select[name="placement_type"]', "U6");
      await page.check('input[name="provider"][value="PR1"]');
      await submit(page, "Record the correction");
      await page.getByText(/Recorded\./).waitFor();
      assert.equal(await page.getByText("rule 530").count(), 0, "nothing of it remains");
    });
  });
}

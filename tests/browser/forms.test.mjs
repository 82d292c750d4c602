// A form from its start to its document: saved page by page, with and without scripts, two people at one question, a
// section filled in by somebody outside, a file that is too large, and what was typed when the session ran out.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible, newPage, noJs, openBrowser, shot, sidewaysOverflow, signIn, sizes, startServer, stopServer, submit } from "./harness.mjs";

const title = "Request for a health assessment";

/** The address of the first child in whose circle the person is. */
async function firstChild(page) {
  await page.goto("/");
  const link = page.locator('main a[href^="/children/"]').first();
  return new URL(await link.getAttribute("href"), page.url()).pathname.split("/").slice(0, 3).join("/");
}

/** Starts the form, or goes on with the one that is there; answers its address. */
async function start(page, child) {
  await page.goto(`${child}/forms`);
  await submit(page, `Start: ${title}`);
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  return new URL(page.url()).pathname;
}

/** Looks at a page at both widths. */
async function look(page, name) {
  for (const width of sizes) {
    await page.setViewportSize({ width, height: 900 });
    await assertAccessible(page);
    assert.equal(await sidewaysOverflow(page), 0, `${name} at ${width}`);
    await shot(page, `forms-${name}-${width}`);
  }
}

/** A day as a date input takes it. */
async function enterDay(page, name, day) {
  await page.fill(`input[name="${name}-day"]`, `${day.getDate()}`);
  await page.fill(`input[name="${name}-month"]`, `${day.getMonth() + 1}`);
  await page.fill(`input[name="${name}-year"]`, `${day.getFullYear()}`);
}

const next = (page) => submit(page, "Save and continue");

/** What stands under the needs and referrals of a page, as one reads it. */
const lists = async (page) => (await page.getByRole("main").innerText()).replace(/\s+/g, " ");

/** One need: what about, what is needed, what is done; then back among the needs. */
async function fillNeed(page, area, need, provided) {
  await page.selectOption('select[name="area"]', area);
  await next(page);
  await page.fill('textarea[name="need"]', need);
  await page.fill('input[name="goal"]', `Better: ${area}`);
  await next(page);
  await page.fill('textarea[name="action"]', `See to it: ${area}`);
  await page.check(`input[name="decision"][value="${provided ? "act" : "not_provided"}"]`);
  await next(page);
  if (provided) {
    await page.selectOption('select[name="owner"]', "gp");
    const day = new Date();
    day.setDate(day.getDate() + 30);
    await enterDay(page, "by", day);
  } else {
    await page.check('input[name="reason"][value="too_long"]');
    await page.fill('textarea[name="why_not"]', "The list is a year long; the school nurse helps meanwhile.");
  }
  await next(page);
  assert.match(page.url(), /\/sections\/needs(~\d+)?$/);
}

/** One row of the referrals. */
async function fillReferral(page, which, service, to) {
  await page.getByRole("link", { name: which }).click();
  await page.selectOption('select[name="service"]', service);
  await page.fill('input[name="to"]', to);
  await page.fill('input[name="goal_served"]', "Sleeps through the night");
  await enterDay(page, "sent_on", new Date());
  await page.check('input[name="urgent"][value="no"]');
  await submit(page, "Save");
}

async function fillRequest(page, form) {
  await page.goto(`${form}/sections/request/assessment`);
  await page.check('input[value="initial"]');
  await next(page);
  const day = new Date();
  day.setDate(day.getDate() + 10);
  await enterDay(page, "due", day);
  await next(page);
  await page.check('input[value="given"]');
  await next(page);
}

async function fillBackground(page, form) {
  const texts = {
    why_in_care: "A long illness at home, and nobody else who could look after them.",
    homes: "With an aunt until the spring, then here.",
    worries: "Nights are hard.",
    worries_analysis: "Waking comes after telephone calls.",
    safety: "Nobody has to be kept from knowing.",
  };
  await page.goto(`${form}/sections/background/why_in_care`);
  for (let step = 0; step < 8 && /\/sections\/background\//.test(page.url()); step += 1) {
    for (const [name, text] of Object.entries(texts)) {
      const field = page.locator(`textarea[name="${name}"]`);
      if (await field.count()) await field.fill(text);
    }
    await next(page);
  }
}

async function fillHealth(page, form) {
  await page.goto(`${form}/sections/health_known/gp`);
  await page.fill('input[name="gp"]', "Dr Elm, Marl Way Surgery");
  await next(page);
  // A table: one row added, changed and kept.
  await page.getByRole("link", { name: /Add the first: Service/ }).click();
  await page.locator('[name="service"]').first().waitFor();
  await look(page, "row");
  const service = page.locator('select[name="service"]');
  if (await service.count()) await service.selectOption("paediatrics");
  else await page.check('input[name="service"][value="paediatrics"]');
  await page.fill('input[name="name"]', "Fern Hill clinic");
  await submit(page, "Save");
  assert.match(await page.locator("main").innerText(), /Fern Hill clinic/);
  await look(page, "table");
  await next(page);
  await page.check('input[value="parent"]');
  await next(page);
  await page.check('input[value="yes"]');
  await next(page);
}

for (const db of ["sqlite", "postgres"]) {
  describe(`forms, on ${db}`, () => {
    let server;
    let browser;
    let worker;
    let child;
    before(async () => {
      server = await startServer({ db, children: 60 });
      browser = await openBrowser();
      worker = await noJs(browser, { url: server.url });
      await signIn(worker, server, "social-worker");
      child = await firstChild(worker);
    });
    after(async () => {
      await browser?.close();
      await stopServer(server);
    });

    test("a form goes from its start to a document, without scripts, with a section filled in by somebody outside", async () => {
      const page = worker;
      await page.goto(child);
      await page.getByRole("link", { name: "Forms", exact: true }).click();
      await page.getByRole("heading", { level: 1, name: "Forms" }).waitFor();
      await look(page, `list-${db}`);
      const form = await start(page, child);
      await look(page, `tasks-${db}`);

      // A page that is sent empty says what is missing, and says it in the title.
      await page.goto(`${form}/sections/request/assessment`);
      await look(page, `question-${db}`);
      await next(page);
      assert.match(await page.title(), /^Error/);
      await look(page, `question-wrong-${db}`);
      await fillRequest(page, form);
      assert.match(page.url(), /\/sections\/request$/);
      await look(page, `section-${db}`);

      // Half a page is kept.
      await page.goto(`${form}/sections/request/due`);
      await page.fill('input[name="due-day"]', "thirty");
      await submit(page, "Save and come back later");
      await page.goto(`${form}/sections/request/due`);
      assert.equal(await page.inputValue('input[name="due-day"]'), "thirty");
      await fillRequest(page, form);
      await fillBackground(page, form);
      await fillHealth(page, form);

      // Somebody outside.
      await page.goto(`${form}/ask/wishes`);
      await look(page, `ask-${db}`);
      await page.fill('input[name="name"]', "Sam Hale");
      await page.fill('input[name="email"]', "sam.hale@carers.example");
      await submit(page, "Send the link");
      const link = await page.getByRole("link", { name: "open it as who was asked" }).getAttribute("href");
      const outside = await noJs(browser, { url: server.url });
      const wrong = await outside.goto("/fill/0000");
      assert.equal(wrong.status(), 404);
      await look(outside, `link-wrong-${db}`);
      await outside.goto(link);
      await look(outside, `link-${db}`);
      await submit(outside, "Send me the code");
      await look(outside, `code-${db}`);
      const code = (await outside.locator(".govuk-inset-text strong").innerText()).trim();
      await outside.fill('input[name="code"]', code === "000000" ? "000001" : "000000");
      await submit(outside, "Continue");
      assert.match(await outside.title(), /^Error/);
      await outside.fill('input[name="code"]', code);
      await submit(outside, "Continue");
      await look(outside, `welcome-${db}`);
      assert.doesNotMatch(await outside.title(), /health/i);
      await outside.getByRole("button", { name: "Start" }).click();
      await outside.check('input[value="home"]');
      await next(outside);
      for (let step = 0; step < 8 && /\/sections\//.test(outside.url()); step += 1) {
        const language = outside.locator('input[name="language"]');
        if (await language.count()) await language.fill("Welsh");
        const interpreter = outside.locator('input[name="interpreter"][value="no"]');
        if (await interpreter.count()) await interpreter.check();
        const said = outside.locator('textarea[name="said"]');
        if (await said.count()) await said.fill("Not at the surgery, please.");
        await look(outside, `outside-question-${db}`);
        await next(outside);
      }
      await look(outside, `outside-answers-${db}`);
      await submit(outside, "Send it back");
      await outside.getByRole("heading", { level: 1, name: "You have sent this back" }).waitFor();
      await look(outside, `back-${db}`);
      await outside.context().close();

      await page.goto(`${form}/check`);
      await look(page, `check-${db}`);
      await submit(page, "Submit");
      assert.match(page.url(), /\/documents\//);
      assert.match(await page.locator("main").innerText(), /Sam Hale/);
      await look(page, `document-${db}`);
      await page.emulateMedia({ media: "print" });
      await shot(page, `forms-document-print-${db}`);
      await page.emulateMedia({ media: "screen" });
      const health = await page.goto(`${child}/chronology`);
      assert.equal(health.status(), 200);
      assert.match(await page.locator("main").innerText(), /Health/i);
    });

    test("needs are added one by one and referrals as rows; one of each is taken out, and they read alike to check, in the document and on paper", async () => {
      const page = worker;
      await page.goto(`${child}/forms`);
      await submit(page, "Start: Health recommendations for the care plan");
      const form = new URL(page.url()).pathname;
      await page.goto(`${form}/sections/basis/agreed_on`);
      await enterDay(page, "agreed_on", new Date());
      await next(page);
      await page.check('input[value="review"]');
      await next(page);
      await page.check('input[name="present"][value="child"]');
      await next(page);
      await page.goto(`${form}/sections/voice/words`);
      await page.fill('textarea[name="words"]', "I want to sleep.");
      await next(page);
      await page.fill('textarea[name="last_plan"]', "This is the first.");
      await next(page);

      await page.goto(`${form}/sections/needs`);
      await page.getByText("Nothing has been added yet.").waitFor();
      await submit(page, "Add the first: Need");
      await fillNeed(page, "sleep", "Sleeps badly since the move", true);
      await submit(page, "Add another: Need");
      await fillNeed(page, "teeth", "Is afraid of the dentist", false);
      await submit(page, "Add another: Need");
      await page.selectOption('select[name="area"]', "eyes");
      await next(page);
      // Back, and back again, as the page offers it: what was answered is there.
      await page.getByRole("link", { name: "Back", exact: true }).click();
      assert.equal(await page.inputValue('select[name="area"]'), "eyes");
      await page.goto(`${form}/sections/needs`);
      await look(page, `needs-${db}`);
      await submit(page, "Remove Need 3");
      let shown = await lists(page);
      assert.match(shown, /Need 1 .*Sleeps badly since the move.*Need 2 .*Is afraid of the dentist/);
      assert.doesNotMatch(shown, /Need 3|Eyes/);

      await page.goto(`${form}/sections/referrals/refer`);
      await page.check('input[name="refer"][value="yes"]');
      await next(page);
      await fillReferral(page, /Add the first: Referral/, "mental_health", "Elm House");
      await fillReferral(page, /Add another: Referral/, "dentist", "Marl Way");
      await fillReferral(page, /Add another: Referral/, "eyes", "Heron Lane");
      await look(page, `referrals-${db}`);
      await submit(page, "Remove Referral 2");
      // Another browser, with nothing in its memory: all of it is on the server.
      const elsewhere = await noJs(browser, { url: server.url });
      await elsewhere.context().addCookies(await page.context().cookies());
      await elsewhere.goto(`${form}/sections/referrals/referral_list`);
      shown = await lists(elsewhere);
      assert.match(shown, /Referral 1 .*Elm House.*Referral 2 .*Heron Lane/);
      assert.doesNotMatch(shown, /Marl Way|Referral 3/);
      await elsewhere.goto(`${form}/sections/needs`);
      assert.match(await lists(elsewhere), /Need 1 .*Sleeps badly.*Need 2 .*Is afraid/);
      await elsewhere.context().close();
      await next(page);

      await page.goto(`${form}/sections/agreed/told_child`);
      await page.check('input[name="told_child"][value="yes"]');
      await next(page);
      await page.fill('input[name="signed"]', "A. Worker");
      await next(page);
      await page.goto(`${form}/check`);
      const all = /Need 1 .*Sleeps badly since the move.*GP.*Need 2 .*Is afraid of the dentist.*The wait is too long.*Elm House.*Heron Lane/;
      assert.match(await lists(page), all);
      await look(page, `check-lists-${db}`);
      await submit(page, "Submit");
      assert.match(page.url(), /\/documents\//);
      await look(page, `document-lists-${db}`);
      await page.emulateMedia({ media: "print" });
      const printed = await lists(page);
      assert.match(printed, all);
      assert.doesNotMatch(printed, /Marl Way|Need 3|Remove|Change/);
      await shot(page, `forms-document-lists-print-${db}`);
      await page.emulateMedia({ media: "screen" });
      await page.goto(`${child}/health`);
      const plan = await lists(page);
      for (const words of ["Sleeps badly since the move", "See to it: sleep", "Is afraid of the dentist", "The wait is too long", "Elm House", "Heron Lane"]) {
        assert.ok(plan.includes(words), `${words} stands in the plan`);
      }
    });

    test("two people at one question see both texts; a 50 MB photo is refused with its size; an autosave needs no button", async () => {
      const form = await start(worker, child);
      const address = `${form}/sections/background/why_in_care`;
      await worker.goto(address);
      const second = await worker.context().newPage();
      second.withoutScripts = true;
      await second.goto(address);
      await worker.fill("textarea", "First words, long enough to be taken as an answer to it.");
      await next(worker);
      await second.fill("textarea", "Second words, long enough to be taken as an answer to it.");
      await next(second);
      const text = await second.locator("main").innerText();
      assert.match(text, /First words/);
      assert.match(await second.inputValue("textarea"), /Second words/);
      await look(second, `conflict-${db}`);
      await next(second);
      await second.goto(address);
      assert.match(await second.inputValue("textarea"), /Second words/);

      await second.goto(`${form}/sections/health_known/papers`);
      await look(second, `upload-${db}`);
      await second.setInputFiles('input[type="file"]', { name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(49 * 1024 * 1024, 1) });
      await submit(second, "Add this file");
      assert.match(await second.locator("main").innerText(), /49 MB.*10 MB/s);
      await look(second, `upload-wrong-${db}`);
      await second.setInputFiles('input[type="file"]', { name: "letter.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n%%EOF") });
      await submit(second, "Add this file");
      const file = await second.getByRole("link", { name: "letter.pdf" }).getAttribute("href");
      const given = await second.request.get(file);
      assert.match(given.headers()["content-disposition"], /^attachment/);
      assert.match(given.headers()["content-security-policy"], /sandbox/);
      await second.close();

      const scripted = await newPage(browser, { url: server.url });
      await signIn(scripted, server, "social-worker");
      await scripted.goto(`${form}/sections/background/homes`);
      await scripted.fill("textarea", "With an aunt until the spring.");
      await scripted.getByText(/Kept for you at/).waitFor();
      await scripted.goto(`${form}/sections/background/homes`);
      assert.match(await scripted.inputValue("textarea"), /With an aunt/);
      assert.deepEqual(scripted.faults, []);
      await scripted.context().close();
    });
  });
}

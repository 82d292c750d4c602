// The people around the health team, each through their own door: a school fills in a questionnaire by a link good for
// once, a doctor checks a colleague's assessment, a carer and a reviewing officer read what is theirs, and whoever has
// nothing to do with the child finds nothing anywhere.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible, newPage, noJs, openBrowser, shot, signIn, startServer, stopServer, submit } from "./harness.mjs";

const roles = ["social-worker", "designated-doctor", "foster-carer", "designated-teacher", "reviewing-officer", "young-person"];
const next = (page) => submit(page, "Save and continue");

/** The addresses of the children that a person's own page leads to. */
async function children(page) {
  await page.goto("/");
  const links = await page.locator('a[href^="/children/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href").split("/")[2]));
  return [...new Set(links.filter((id) => /^[0-9a-f-]{36}$/.test(id)))].map((id) => `/children/${id}`);
}

/** A carer promises to look after what they learn, unless they have; answers the address of the child. */
async function promised(page) {
  await page.goto("/caring");
  const link = page.locator(".kf-carer h2 a").first();
  const child = (await link.getAttribute("href")).split("/")[2];
  await page.goto(`/caring/${child}/undertaking`);
  if (await page.locator('input[name="promised"]').count()) {
    await page.check('input[name="promised"]');
    await page.fill('input[name="name"]', "A. Carer");
    await submit(page, "Sign it");
  }
  return `/children/${child}`;
}

async function enterDay(page, name, daysAgo) {
  const day = new Date(Date.now() - daysAgo * 86400e3);
  for (const [part, value] of [["day", day.getUTCDate()], ["month", day.getUTCMonth() + 1], ["year", day.getUTCFullYear()]]) {
    await page.fill(`input[name="${name}-${part}"]`, `${value}`);
  }
}

for (const db of ["sqlite", "postgres"]) {
  describe(`people around health (${db})`, () => {
    let server;
    let browser;
    let child;
    const signedIn = {};

    const pageOf = async (role, make = noJs, options = {}) => {
      const page = await make(browser, { url: server.url, ...options });
      await page.context().addCookies(signedIn[role]);
      return page;
    };
    const look = async (page, name) => {
      await assertAccessible(page, name);
      if (db === "sqlite") await shot(page, `health-people-${name}-${page.viewportSize().width}`);
    };

    before(async () => {
      server = await startServer({ db, children: 40 });
      browser = await openBrowser();
      for (const role of roles) {
        const page = await newPage(browser, { url: server.url });
        await signIn(page, server, role);
        signedIn[role] = await page.context().cookies();
        await page.context().close();
      }
      const page = await pageOf("social-worker");
      // At school, and not yet of the age at which the young person fills in a form of their own.
      for (const one of await children(page)) {
        await page.goto(one);
        const age = Number(/Age\s+(\d+) years/.exec(await page.locator("body").innerText())?.[1] ?? 0);
        if (age >= 5 && age <= 15) child = one;
      }
      assert.ok(child, "the social worker has a child at school");
      await page.context().close();
    });
    after(async () => {
      await browser?.close();
      await stopServer(server);
    });

    /** Asks somebody outside for a section; answers a page on which they have given their code. */
    const asked = async (worker, form, section) => {
      await worker.goto(`${form}/ask/${section}`);
      await worker.fill('input[name="name"]', "Sam Hale");
      await worker.fill('input[name="email"]', "sam.hale@school.example");
      await submit(worker, "Send the link");
      const link = await worker.getByRole("link", { name: "open it as who was asked" }).getAttribute("href");
      const school = await noJs(browser, { url: server.url, width: 320 });
      await school.goto(link);
      await submit(school, "Send me the code");
      const code = (await school.locator(".govuk-inset-text strong").innerText()).trim();
      await school.fill('input[name="code"]', code);
      await submit(school, "Continue");
      await school.getByRole("button", { name: "Start" }).click();
      return { school, link };
    };

    test("a school fills in the questionnaire by a link, and a high score starts a duty that somebody owns", async () => {
      const worker = await pageOf("social-worker");
      await worker.goto(`${child}/forms`);
      await submit(worker, "Start: Strengths and difficulties questionnaire (SDQ)");
      const form = new URL(worker.url()).pathname;
      let { school, link } = await asked(worker, form, "who");
      await school.check('input[value="yes"]');
      await next(school);
      await school.check('input[value="teacher"]');
      await next(school);
      await school.check('input[value="t4_17"]');
      await next(school);
      await enterDay(school, "filled_on", 2);
      await next(school);
      await school.fill('input[name="language"]', "Polish");
      await next(school);
      await submit(school, "Send it back");
      await school.getByRole("heading", { level: 1, name: "You have sent this back" }).waitFor();
      assert.equal((await school.goto(link)).status(), 410, "a link is good for once");
      await school.context().close();

      ({ school, link } = await asked(worker, form, "answers"));
      for (let item = 1; item <= 25; item += 1) await school.check(`input[name="items-${item}"][value="1"]`);
      await look(school, "items");
      await next(school);
      // How much it gets in the way, on a scale: the further questions follow from it.
      for (let step = 0; step < 6 && /\/sections\/answers\//.test(school.url()); step += 1) {
        const scale = school.locator('input[name="item_26"][value="2"]');
        if (await scale.count()) await scale.check();
        const impact = school.locator('input[name^="impact_items_teacher-"][value="1"]');
        for (let at = 0; at < (await impact.count()); at += 1) await impact.nth(at).check();
        await next(school);
      }
      await submit(school, "Send it back");
      await school.getByRole("heading", { level: 1, name: "You have sent this back" }).waitFor();
      await school.context().close();

      await worker.goto(`${form}/check`);
      await submit(worker, "Submit");
      assert.match(worker.url(), /\/documents\//);
      assert.match(await worker.getByRole("main").innerText(), /Sam Hale/);
      await worker.goto(`${child}/health`);
      const shown = worker.getByRole("main");
      await shown.getByRole("table", { name: "Questionnaires" }).getByText("Teacher").first().waitFor();
      await worker.getByText("Answers one by one").click();
      await shown.getByText("(Polish)").waitFor();
      await shown.getByRole("table", { name: "What is due about health" }).getByText(/wellbeing/i).first().waitFor();
      await look(worker, "health-worker");
      await worker.context().close();
    });

    test("a doctor writes up an assessment, a second reading against the standard moves it on", async () => {
      const doctor = await pageOf("designated-doctor");
      const record = async (kind, fill) => {
        await doctor.goto(`${child}/record/${kind}`);
        await enterDay(doctor, "happened", 0);
        await fill();
        await submit(doctor, "Record");
        const again = doctor.getByRole("button", { name: "Record it as it is" });
        if (await again.count()) await submit(doctor, "Record it as it is");
        assert.doesNotMatch(doctor.url(), /\/record\//, await doctor.getByRole("main").innerText());
      };
      await record("health_assessment", async () => {
        await doctor.selectOption('select[name="assessment"]', "review");
        await doctor.selectOption('select[name="practitioner"]', "doctor");
        await doctor.selectOption('select[name="no_words_reason"]', "did_not_want");
      });
      await record("health_step", async () => {
        await doctor.selectOption('select[name="assessment"]', "review");
        await doctor.selectOption('select[name="step"]', "written");
      });
      await doctor.goto(`${child}/health`);
      const waiting = doctor.locator("li", { hasText: "Quality checked by a second professional" }).first();
      assert.doesNotMatch(await waiting.innerText(), /done/);

      await doctor.goto(`${child}/forms`);
      await submit(doctor, "Start: Quality check of a health assessment");
      const form = new URL(doctor.url()).pathname;
      await doctor.goto(`${form}/sections/which/assessment`);
      await doctor.check('input[value="review"]');
      await next(doctor);
      await enterDay(doctor, "done_on", 0);
      await next(doctor);
      await doctor.check('input[name="independent"][value="yes"]');
      await next(doctor);
      await doctor.goto(`${form}/sections/standard/right_person`);
      for (let step = 0; step < 12 && /\/sections\/standard\//.test(doctor.url()); step += 1) {
        await doctor.locator('main input[type="radio"][value="2"]').check();
        await next(doctor);
      }
      await doctor.goto(`${form}/sections/outcome/result`);
      await doctor.check('input[value="met"]');
      await next(doctor);
      await doctor.fill('textarea[name="good"]', "Plain, and in the child's own words.");
      await next(doctor);
      await doctor.locator('input[type="text"]').first().fill("Dr A. Name");
      await next(doctor);
      await doctor.goto(`${form}/check`);
      await doctor.getByText("Against the standard (0 to 20)").first().waitFor();
      await submit(doctor, "Submit");
      assert.match(doctor.url(), /\/documents\//);
      await look(doctor, "document-doctor");
      await doctor.goto(`${child}/health`);
      assert.match(await waiting.innerText(), /done/i, "it has moved on");

      // What the next test reads: a referral with a goal.
      await doctor.goto(`${child}/health/record/referral_made`);
      await doctor.selectOption('select[name="service"]', "mental_health");
      await doctor.fill('input[name="goal"]', "Sleeps through the night");
      await submit(doctor, "Record");
      await doctor.getByRole("main").getByText("Sleeps through the night").first().waitFor();
      await doctor.context().close();
    });

    test("a young person answers the questionnaire in their own space, on a small telephone without scripts", async () => {
      const page = await pageOf("young-person", noJs, { width: 320 });
      await page.goto("/me");
      await page.getByRole("link", { name: "Look at them" }).click();
      await page.getByRole("heading", { name: "Who reads it" }).waitFor();
      await look(page, "questions");
      await submit(page, "Start");
      for (const first of [1, 6, 11, 16, 21]) {
        for (let item = first; item < first + 5; item += 1) await page.check(`input[name="items-${item}"][value="1"]`);
        if (first === 1) await look(page, "questions-1");
        await submit(page, "Next");
      }
      // Back shows what was picked, and the telephone may die there.
      await page.getByRole("link", { name: "Back", exact: true }).click();
      assert.ok(await page.isChecked('input[name="items-25"][value="1"]'));
      await submit(page, "Keep it for later");
      await page.getByRole("link", { name: "Look at them" }).click();
      await submit(page, "Go on");
      await page.check('input[name="item_26"][value="2"]');
      await submit(page, "Next");
      for (const item of ["28", "29a", "29b", "29c", "29d"]) await page.check(`input[name="impact_items-${item}"][value="skip"]`);
      await submit(page, "Next");
      await look(page, "questions-check");
      assert.equal(await page.getByText("Second box", { exact: true }).count(), 25, "all of it is read back");
      await submit(page, "Send it");
      await page.getByText("will talk with you by").waitFor();
      await look(page, "questions-sent");
      await page.goto("/me");
      assert.equal(await page.getByRole("link", { name: "Look at them" }).count(), 0);
      await page.context().close();
    });

    test("the reviewing officer sees that there is a service and which goal it serves, and no more", async () => {
      const officer = await pageOf("reviewing-officer", noJs, { width: 320 });
      assert.equal((await officer.goto(`${child}/health`)).status(), 200);
      const text = await officer.getByRole("main").innerText();
      assert.match(text, /Goal: Sleeps through the night/);
      for (const words of ["Therapy notes", "Answers one by one", "Alcohol, drugs and tobacco", "Sexual health", "Health of the birth family"]) {
        assert.ok(!text.includes(words), `${words} is hinted at`);
      }
      await look(officer, "health-officer");
      await officer.context().close();
    });

    test("a carer reads and adds what is theirs, a school its own part, and neither anybody else's child", async () => {
      const carer = await pageOf("foster-carer", noJs, { width: 320 });
      const own = await promised(carer);
      await carer.goto(`${own}/forms`);
      await submit(carer, "Start: The carer's views before a health assessment");
      const form = new URL(carer.url()).pathname;
      await look(carer, "tasks-carer");
      await carer.goto(`${own}/health`);
      const text = await carer.getByRole("main").innerText();
      for (const words of ["Therapy notes", "Answers one by one", "Alcohol, drugs and tobacco"]) assert.ok(!text.includes(words), words);

      const teacher = await pageOf("designated-teacher");
      const pupil = (await children(teacher)).find((one) => one !== own);
      assert.ok(pupil, "the school has a pupil");
      await teacher.goto(`${pupil}/health`);
      await teacher.getByText("Your role for this child does not include health detail.").first().waitFor();
      await look(teacher, "health-school");
      for (const path of ["/health/summary", "/health/passport", "/health/family"]) {
        assert.equal((await teacher.goto(`${pupil}${path}`)).status(), 404, path);
      }
      // Somebody with no place in the circle: absence, everywhere the same.
      const others = [[carer, child === own ? pupil : child], [teacher, form]];
      for (const [page, address] of others) {
        const paths = page === teacher ? [""] : ["", "/health", "/health/summary", "/health/passport", "/health/family", "/forms", "/record/growth_measured"];
        for (const path of paths) assert.equal((await page.goto(`${address}${path}`)).status(), 404, `${address}${path}`);
      }
      const fhir = await carer.request.get(`/fhir/Patient/${child.split("/")[2]}/$everything`, { maxRedirects: 0 });
      assert.ok([303, 404].includes(fhir.status()), `${fhir.status()}`);
      assert.equal((await teacher.goto("/health")).status(), 404, "the queue is the health team's");
      await teacher.context().close();
      await carer.context().close();
    });
  });
}

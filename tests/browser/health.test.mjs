// A nurse looks at the queue and a child's health, sets the plan and a referral, drafts a summary; a social worker reads
// where the assessment is; a carer sees what a carer needs; somebody with no business there finds nothing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { account, assertAccessible, newPage, noJs, openBrowser, shot, signIn, sizes, startServer, stopServer, submit } from "./harness.mjs";

const team = [
  ["queue", "/health"],
  ["queue-late", "/health?only=late"],
  ["referrals", "/health/referrals"],
  ["clinics", "/health/clinics"],
];

for (const db of ["sqlite", "postgres"]) {
  describe(`health (${db})`, () => {
    let server;
    let browser;
    let child;
    const signedIn = {};

    const pageOf = async (role, make = newPage, options = {}) => {
      const page = await make(browser, { url: server.url, ...options });
      await page.context().addCookies(signedIn[role]);
      return page;
    };

    before(async () => {
      server = await startServer({ db, children: 60 });
      browser = await openBrowser();
      for (const role of ["designated-nurse", "health-administrator", "social-worker", "foster-carer", "data-analyst", "young-person"]) {
        const page = await newPage(browser, { url: server.url });
        await signIn(page, server, role);
        signedIn[role] = await page.context().cookies();
        await page.context().close();
      }
      // A child of the social worker's own: the nurse finds every child of the authority.
      const page = await pageOf("social-worker");
      await page.goto("/");
      const links = await page.locator('a[href^="/children/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href")));
      // At school and under 16: from then on it is for the young person to say what school hears.
      for (const id of new Set(links.map((href) => href.split("/")[2]).filter((id) => /^[0-9a-f-]{36}$/.test(id)))) {
        await page.goto(`/children/${id}`);
        const age = Number(/Age\s+(\d+) years/.exec(await page.locator("body").innerText())?.[1] ?? 0);
        if (age >= 5 && age <= 15) child = id;
      }
      assert.ok(child, "the social worker has a child at school");
      await page.context().close();
    });
    after(async () => {
      await browser?.close();
      await stopServer(server);
    });

    for (const width of sizes) {
      test(`the pages of the health team are accessible at ${width} px, with and without scripts`, async () => {
        for (const make of [newPage, noJs]) {
          const page = await pageOf("designated-nurse", make, { width });
          for (const [name, address] of team) {
            assert.equal((await page.goto(address)).status(), 200, address);
            if (make === newPage && db === "sqlite") await shot(page, `health-${name}-${width}`);
            await assertAccessible(page, `${name} at ${width} px`);
          }
          await page.context().close();
        }
      });

      test(`a child's health is accessible to the nurse and the social worker at ${width} px`, async () => {
        for (const role of ["designated-nurse", "social-worker"]) {
          const page = await pageOf(role, newPage, { width });
          const base = `/children/${child}/health`;
          for (const [name, address] of [["child", base], ["summary", `${base}/summary`], ["school", `${base}/summary?recipient=school`], ["passport", `${base}/passport`], ["need", `${base}/record/health_need`]]) {
            assert.equal((await page.goto(address)).status(), 200, `${role} ${address}`);
            if (db === "sqlite") await shot(page, `health-${name}-${role}-${width}`);
            await assertAccessible(page, `${name} of the ${role} at ${width} px`);
          }
          await page.context().close();
        }
      });
    }

    test("a need, an action, a referral and its next step are recorded where they are shown", async () => {
      const page = await pageOf("designated-nurse", noJs);
      const home = `/children/${child}/health`;
      const shown = page.getByRole("main");
      await page.goto(`${home}/record/health_need`);
      await submit(page, "Record");
      await page.getByText("There is a problem").first().waitFor();
      await page.selectOption('select[name="area"]', "emotional");
      await page.fill('textarea[name="text"]', "Wakes at night since the move");
      await submit(page, "Record");
      await page.waitForURL(`**${home}`);
      const unowned = shown.getByText("Nobody does anything about this need yet");
      await unowned.first().waitFor();
      const before = await unowned.count();
      // The link of that need, which stands above the sentence: other needs of the child have one too.
      await unowned.first().locator("xpath=preceding::a[normalize-space()='Set an action for this need'][1]").click();
      await page.fill('textarea[name="text"]', "Ask the sleep clinic");
      await page.selectOption('select[name="owner"]', "gp");
      const soon = new Date(Date.now() + 40 * 86400e3);
      for (const [part, value] of [["day", soon.getUTCDate()], ["month", soon.getUTCMonth() + 1], ["year", soon.getUTCFullYear()]]) {
        await page.fill(`input[name="by-${part}"]`, `${value}`);
      }
      await submit(page, "Record");
      await page.waitForURL(`**${home}`);
      await shown.getByText("Ask the sleep clinic").waitFor();
      assert.equal(await unowned.count(), before - 1, "one need more has somebody");
      await page.goto(`${home}/record/referral_made`);
      await page.selectOption('select[name="service"]', "mental_health");
      await page.fill('input[name="goal"]', "Sleeps through");
      await submit(page, "Record");
      await page.waitForURL(`**${home}`);
      await shown.getByRole("link", { name: "Record the next step" }).first().click();
      await page.selectOption('select[name="step"]', "declined");
      await page.selectOption('select[name="reason"]', "criteria");
      await submit(page, "Record");
      await page.waitForURL(`**${home}`);
      await shown.getByRole("link", { name: "Refer elsewhere instead" }).first().waitFor();
      await page.goto("/health/referrals");
      await page.getByRole("table", { name: "Open referrals" }).getByText("Sleeps through").first().waitFor();
      await page.context().close();
    });

    test("a summary says that it is not the full record, and is recorded once it was shared", async () => {
      const page = await pageOf("designated-nurse", noJs);
      await page.goto(`/children/${child}/health/record/allergy_noted`);
      await page.fill('input[name="name"]', "Peanuts");
      await submit(page, "Record");
      await page.goto(`/children/${child}/health/summary?recipient=school`);
      await page.getByText("This is not the full record.").waitFor();
      await page.getByText("Peanuts").first().waitFor();
      assert.equal(await page.getByText("Wakes at night").count(), 0, "school hears nothing of the plan");
      await submit(page, "Record as shared");
      await page.getByText("Say why it is shared").first().waitFor();
      await page.fill('textarea[name="why"]', "So that lunch is safe");
      await submit(page, "Record as shared");
      await page.waitForURL(`**/children/${child}/health`);
      await page.getByRole("table", { name: "Summaries shared" }).getByText("So that lunch is safe").waitFor();
      await page.context().close();
    });

    test("the administrator enters the clinics, and the nurse reads whether they are enough", async () => {
      const clerk = await pageOf("health-administrator", noJs);
      await clerk.goto("/health/clinics");
      await clerk.fill('input[name="name-0"]', "Mill Street");
      await clerk.fill('input[name="slots-0"]', "none");
      await submit(clerk, "Save the clinics");
      await clerk.getByText("Children in a week are a number").first().waitFor();
      assert.equal(await clerk.inputValue('input[name="name-0"]'), "Mill Street", "nothing typed is lost");
      await clerk.fill('input[name="slots-0"]', "3");
      await clerk.fill('input[name="minutes-0"]', "90");
      await submit(clerk, "Save the clinics");
      await clerk.getByText("The clinics are saved.").waitFor();
      await clerk.context().close();
      const nurse = await pageOf("designated-nurse", noJs);
      await nurse.goto("/health/clinics");
      await nurse.getByText("Time for 100 children").waitFor();
      assert.equal(await nurse.getByRole("button", { name: "Save the clinics" }).count(), 0);
      await nurse.context().close();
    });

    test("a copy of the queue is given once the password is", async () => {
      const page = await pageOf("designated-nurse");
      await page.goto("/health");
      await page.getByRole("link", { name: "CSV file" }).click();
      await page.waitForURL("**/confirm-password**");
      await page.fill('input[name="password"]', account(server, "designated-nurse").password);
      const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Continue" }).click()]);
      assert.equal(csv.suggestedFilename(), "kinfold-health-queue.csv");
      await page.context().close();
    });

    test("a young person is given a passport, reads it on a telephone, keeps a copy and hears of a newer one", async () => {
      const young = await pageOf("young-person", newPage, { width: 320 });
      await young.goto("/me/health");
      await young.getByText("You do not have a health passport yet.").waitFor();
      await young.goto("/account");
      const name = await young.locator(".govuk-summary-list__value").first().innerText();
      const nurse = await pageOf("designated-nurse", noJs);
      await nurse.goto("/find");
      await nurse.fill("#q", name.trim());
      await submit(nurse, "Find");
      const own = await nurse.locator('main a[href^="/children/"]').first().getAttribute("href");
      const base = `/children/${own.split("/")[2]}/health`;
      const note = async (what) => {
        await nurse.goto(`${base}/record/allergy_noted`);
        await nurse.fill('input[name="name"]', what);
        await submit(nurse, "Record");
        await nurse.waitForURL(`**${base}`);
      };
      await note("Walnuts");
      await nurse.goto(`${base}/passport`);
      await nurse.selectOption('select[name="reason"]', "first");
      await submit(nurse, "Record as issued");
      await nurse.getByText("Recorded as issued.").first().waitFor();
      await note("Latex");

      await young.goto("/me/health");
      await young.getByRole("link", { name: "See my passport" }).or(young.getByRole("button", { name: "See my passport" })).click();
      const shown = young.getByRole("main");
      await shown.getByText("Walnuts").first().waitFor();
      assert.equal(await shown.getByText("Latex").count(), 0, "it says what it said when it was given");
      await shown.getByText("Ask your nurse or social worker for a new one.").waitFor();
      assert.equal(await shown.getByText("Record as issued").count(), 0);
      if (db === "sqlite") await shot(young, "health-passport-young-person-320");
      await assertAccessible(young, "the passport of the young person at 320 px");
      // Their copy asks for the password again, as everything that is taken away does.
      await young.getByText("Keep a copy (PDF)").click();
      await young.waitForURL("**/confirm-password**");
      await young.fill('input[name="password"]', account(server, "young-person").password);
      const [copy] = await Promise.all([young.waitForEvent("download"), young.getByRole("button", { name: "Continue" }).click()]);
      assert.equal(copy.suggestedFilename(), "health-passport.pdf");
      const bytes = readFileSync(await copy.path());
      assert.equal(bytes.subarray(0, 5).toString("latin1"), "%PDF-");
      await young.context().close();
      await nurse.context().close();
    });

    test("who has no business there finds nothing, and no compartment is hinted at", async () => {
      const stranger = await pageOf("data-analyst", noJs);
      for (const [, address] of team) assert.equal((await stranger.goto(address)).status(), 404, address);
      await stranger.context().close();
      const carer = await pageOf("foster-carer", noJs);
      assert.equal((await carer.goto("/health")).status(), 404);
      assert.equal((await carer.goto(`/children/${child}/health/family`)).status(), 404);
      // They promise to look after what they learn before they read about a child who lives with them.
      await carer.goto("/caring");
      const link = carer.locator(".kf-carer h2 a").first();
      const home = (await link.getAttribute("href")).split("/")[2];
      const own = `/children/${home}/health`;
      await carer.goto(`/caring/${home}/undertaking`);
      if (await carer.locator('input[name="promised"]').count()) {
        assert.equal((await carer.goto(own)).status(), 404, "nothing before the promise");
        await carer.goto(`/caring/${home}/undertaking`);
        await carer.check('input[name="promised"]');
        await carer.fill('input[name="name"]', "A. Carer");
        await submit(carer, "Sign it");
      }
      assert.equal((await carer.goto(own)).status(), 200);
      const text = await carer.getByRole("main").innerText();
      for (const words of ["Therapy notes", "Sexual health", "Health of the birth family"]) {
        assert.ok(!text.includes(words), `${words} is hinted at`);
      }
      await assertAccessible(carer, "a child's health for the carer");
      await carer.context().close();
      const clerk = await pageOf("health-administrator", noJs);
      await clerk.goto(`/children/${child}/health`);
      await clerk.getByText("Your role for this child does not include health detail.").first().waitFor();
      await clerk.context().close();
    });

    test("a home in another area: told, answered and paid for, from the form to its end", async () => {
      // A child who is looked after day by day: somebody with short breaks alone is owed less.
      const worker = await pageOf("social-worker", noJs);
      await worker.goto("/");
      const links = await worker.locator('a[href^="/children/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href").split("/")[2]));
      let mover;
      for (const id of new Set(links.filter((one) => /^[0-9a-f-]{36}$/.test(one)))) {
        await worker.goto(`/children/${id}`);
        const said = await worker.locator("body").innerText();
        const age = Number(/Age\s+(\d+) years/.exec(said)?.[1] ?? 0);
        if (age >= 5 && age <= 15 && !said.includes("Nothing is due now")) mover = mover ?? id;
      }
      assert.ok(mover, "somebody is looked after day by day");
      const home = `/children/${mover}/health`;
      const next = (page) => submit(page, "Save and continue");
      const enterDay = async (page, name, day = new Date()) => {
        for (const [part, value] of [["day", day.getDate()], ["month", day.getMonth() + 1], ["year", day.getFullYear()]]) {
          await page.fill(`input[name="${name}-${part}"]`, `${value}`);
        }
      };
      const record = async (page) => {
        await submit(page, "Record");
        if (await page.getByRole("button", { name: "Record it as it is" }).count()) await submit(page, "Record it as it is");
      };
      // The move, and what is owed from its day.
      await worker.goto(`/children/${mover}/record/placement_started`);
      await worker.selectOption('select[name="placement_type"]', "U6");
      if (await worker.locator('select[name="location"]').count()) await worker.selectOption('select[name="location"]', "distant");
      else await worker.check('input[name="location"][value="distant"]');
      await record(worker);
      await worker.goto(home);
      const due = worker.getByRole("table", { name: "What is due about health" });
      await due.getByText("Tell the health team of the other area").first().waitFor();
      await worker.getByText("Nobody told yet").waitFor();
      await worker.goto(`/children/${mover}/forms`);
      await submit(worker, "Start: A home in another area: health");
      const form = new URL(worker.url()).pathname;
      await worker.goto(`${form}/sections/move/area`);
      await worker.fill('input[name="area"]', "Moorshire");
      await next(worker);
      await enterDay(worker, "moves_on");
      await next(worker);
      await worker.check('input[name="emergency"][value="no"]');
      await next(worker);

      // The nurse: can it be met there, what goes along, who pays, who is told.
      const nurse = await pageOf("designated-nurse", noJs);
      await nurse.goto(`${form}/sections/feasibility/feasible`);
      await nurse.check('input[name="feasible"][value="in_part"]');
      await next(nurse);
      await nurse.fill('input[name="asked"]', "The nurse of their team");
      await next(nurse);
      await nurse.check('input[name="unmet"][value="emotional"]');
      // Answered, it asks what that means.
      await next(nurse);
      await nurse.fill('textarea[name="unmet_analysis"]', "The therapist here goes on by video until theirs has a place.");
      await next(nurse);
      await next(nurse);
      await nurse.goto(`${form}/sections/handover/summary`);
      await nurse.fill('textarea[name="summary"]', "Asthma, well looked after; an inhaler in every bag. Afraid of needles.");
      await next(nurse);
      // Nothing is waited for: a list that stays empty says why.
      await next(nurse);
      assert.match(await nurse.title(), /^Error/);
      await nurse.getByText("There is nothing to add").click();
      await nurse.selectOption('select[name="waits-reason"]', "none_found");
      await next(nurse);
      await nurse.check('input[name="medicines"][value="yes"]');
      await next(nurse);
      await nurse.goto(`${form}/sections/commissioner/bodies/new`);
      await nurse.check('input[name="service"][value="mental_health"]');
      await nurse.fill('input[name="body"]', "Fern ICB");
      await nurse.check('input[name="disputed"][value="yes"]');
      await submit(nurse, "Save");
      await nurse.fill('input[name="other"]', "Moor ICB");
      await nurse.fill('textarea[name="meanwhile"]', "Fern ICB pays until it is settled.");
      await submit(nurse, "Save");
      await next(nurse);
      await nurse.goto(`${form}/sections/told/sent_on`);
      await enterDay(nurse, "sent_on");
      await next(nurse);
      for (const who of ["area_health_team", "gp"]) await nurse.check(`input[name="recipients"][value="${who}"]`);
      await next(nurse);
      if (await nurse.locator('select[name="chased_by"]').count()) await nurse.selectOption('select[name="chased_by"]', "health_administrator");
      else await nurse.check('input[name="chased_by"][value="health_administrator"]');
      await next(nurse);
      await worker.goto(`${form}/check`);
      await submit(worker, "Submit");
      assert.match(worker.url(), /\/documents\//, await worker.getByRole("main").innerText());
      await worker.goto(home);
      assert.equal(await due.getByText("Tell the health team of the other area").count(), 0, "told");

      // The answers: one by the administrator, who reads nothing clinical, one by the nurse.
      const clerk = await pageOf("health-administrator", noJs);
      await clerk.goto(home);
      const told = (page) => page.getByRole("table", { name: "Who was told" });
      assert.doesNotMatch(await clerk.getByRole("main").innerText(), /Asthma|therapist here/);
      await told(clerk).getByRole("row", { name: /GP/ }).getByRole("link", { name: "Record the answer" }).click();
      await record(clerk);
      await clerk.waitForURL(`**${home}`);
      await told(clerk).getByRole("row", { name: /GP/ }).getByText(/Acknowledged/).waitFor();
      await nurse.goto(home);
      if (db === "sqlite") await shot(nurse, "health-area-nurse");
      await assertAccessible(nurse, "a home in another area");
      const theirs = told(nurse).getByRole("row", { name: /Health team of the other area/ });
      await theirs.getByRole("link", { name: "Sent again" }).click();
      await record(nurse);
      await nurse.waitForURL(`**${home}`);
      await theirs.getByText(/^again /).waitFor();
      // A day before it was sent is refused, with what was typed.
      await theirs.getByRole("link", { name: "Record the answer" }).click();
      await enterDay(nurse, "happened", new Date(Date.now() - 5 * 86400e3));
      await submit(nurse, "Record");
      await nurse.getByText("It cannot have been acknowledged before it was sent").first().waitFor();
      await enterDay(nurse, "happened");
      await record(nurse);
      await nurse.waitForURL(`**${home}`);
      await theirs.getByText(/Acknowledged/).waitFor();

      // The dispute has its own duty until it is settled.
      const owed = nurse.getByRole("table", { name: "What is due about health" });
      await owed.getByText("Who pays: dispute settled").first().waitFor();
      const pays = nurse.getByRole("table", { name: "Which body pays for what" });
      await pays.getByRole("link", { name: "Record what was settled" }).click();
      await nurse.fill('input[name="body"]', "Moor ICB");
      await nurse.check('input[name="disputed"][value="no"]');
      await record(nurse);
      await nurse.waitForURL(`**${home}`);
      await pays.getByText("Moor ICB").waitFor();
      assert.equal(await pays.getByText("Disputed").count(), 0);
      assert.equal(await owed.getByText("Who pays: dispute settled").count(), 0);
      for (const page of [worker, nurse, clerk]) await page.context().close();
    });

    test("the child's health prints without its links and buttons", async () => {
      const page = await pageOf("designated-nurse");
      await page.goto(`/children/${child}/health`);
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.getByRole("link", { name: "Draft a summary to share" }).isVisible(), false);
      if (db === "sqlite") await shot(page, "health-child-print");
      await page.context().close();
    });
  });
}

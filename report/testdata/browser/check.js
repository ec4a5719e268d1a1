// Opens HTML reports in Chromium as their readers do, and prints what it saw as JSON.
//
//	node check.js CHROMIUM report.html... --open report.html...
//
// What follows --open is opened and timed, and no more: axe takes minutes over a long page.
// It is opened three times, and the fastest counts, since other programs run as well.
// Nothing is judged here: the Go test that runs it knows what must hold.
'use strict';

const fs = require('node:fs');
const url = require('node:url');
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const looks = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 320, height: 640 }, colorScheme: 'light' },
};

// shown counts the elements that take up room.
const shown = (page, selector) =>
  page.evaluate((s) => [...document.querySelectorAll(s)].filter((e) => e.getClientRects().length > 0).length, selector);

async function look(browser, file, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const saw = { requests: [], complaints: [] };
  const address = url.pathToFileURL(file).href;
  page.on('request', (r) => r.url().split('#')[0] !== address && saw.requests.push(r.url()));
  page.on('console', (m) => saw.complaints.push(m.text()));
  page.on('pageerror', (e) => saw.complaints.push(e.message));
  await page.goto(address, { waitUntil: 'load' });
  saw.timing = await page.evaluate(() => new Promise((done) => {
    const tell = () => done({
      load: performance.getEntriesByType('navigation')[0].loadEventEnd,
      paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    });
    requestAnimationFrame(() => setTimeout(tell, 0));
  }));
  saw.overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return { context, page, saw };
}

// audit opens every card, so that what they hold is judged as well. What the browser lays
// out only once it comes into sight, axe would measure at places that still change.
async function audit(page) {
  await page.addStyleTag({ content: '*{content-visibility:visible!important}' });
  await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'],
    rules: { 'target-size': { enabled: true } },
  }));
  return result.violations.map((v) => `${v.id}: ${v.nodes.length} times, first ${v.nodes[0].html.slice(0, 200)} ${v.nodes[0].failureSummary}`);
}

// filter uses the filters as a person with a keyboard does.
async function filter(page) {
  const saw = { cards: await shown(page, '.card') };
  for (const [name, id] of [['errors', 'se'], ['warnings', 'sw'], ['notes', 'sn'], ['others', 'so']]) {
    await page.focus(`#${id}`);
    await page.keyboard.press('Space');
    saw[name] = await shown(page, '.card');
    await page.keyboard.press('Space');
  }
  saw.again = await shown(page, '.card');
  const article = page.locator('.arts input').nth(1);
  if (await article.count()) {
    await page.focus('.arts summary');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    const id = await article.getAttribute('id');
    saw.article = await shown(page, '.card');
    saw.articleWants = await page.evaluate((c) => document.querySelectorAll(`.card.${c}`).length, id.replace('r', 'a'));
    await page.keyboard.press('ArrowUp');
    await page.focus('.arts summary');
    await page.keyboard.press('Enter');
  }
  await page.focus('#only');
  await page.keyboard.press('Space');
  saw.restHidden = await shown(page, '.rest') === 0;
  await page.keyboard.press('Space');
  return saw;
}

// keyboard takes the first steps of a visit: the skip link, and focus that can be seen.
async function keyboard(page) {
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => {
    const e = document.activeElement;
    const box = e.getBoundingClientRect();
    return { href: e.getAttribute('href'), visible: box.left >= 0 && box.width > 0, outline: getComputedStyle(e).outlineStyle };
  });
  return first;
}

// print says what is on paper: no filters, all evidence, names that can be read.
async function print(page) {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 665, height: 940 }); // A4 within the margins
  const saw = {
    // Long headings beside it must not leave a name one letter a line.
    name: await page.evaluate(() => Math.min(...[...document.querySelectorAll('.files th[scope=row]')].map((e) => e.getBoundingClientRect().width))),
    filters: await shown(page, '.filter'),
    evidence: await shown(page, '.card .evidence li'),
    evidenceWants: await page.evaluate(() => document.querySelectorAll('.card .evidence li').length),
  };
  saw.pdf = (await page.pdf({ preferCSSPageSize: true })).length;
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize(looks.light.viewport);
  return saw;
}

(async () => {
  const [executablePath, ...files] = process.argv.slice(2);
  // Chromium's sandbox refuses to run as root, as in containers; the pages are ours.
  const browser = await chromium.launch({ executablePath, args: process.getuid && process.getuid() === 0 ? ['--no-sandbox'] : [] });
  const out = [];
  let whole = true;
  for (const file of files) {
    if (file === '--open') {
      whole = false;
      continue;
    }
    const report = { file };
    for (const [name, options] of Object.entries(looks)) {
      let { context, page, saw } = await look(browser, file, options);
      for (let more = whole ? 0 : 2; more > 0; more--) {
        await context.close();
        const again = await look(browser, file, options);
        ({ context, page } = again);
        if (again.saw.timing.load < saw.timing.load) saw = again.saw;
      }
      if (whole && name === 'light') {
        saw.keyboard = await keyboard(page);
        saw.filter = await filter(page);
        saw.print = await print(page);
      }
      if (whole) saw.axe = await audit(page);
      report[name] = saw;
      await context.close();
    }
    out.push(report);
  }
  await browser.close();
  process.stdout.write(JSON.stringify(out));
})().catch((e) => { process.stderr.write(`${e.stack}\n`); process.exit(1); });

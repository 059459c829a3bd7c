// What the browser tests share: Debian's Chromium, and a tercetd that runs and
// holds deploy/samples/press.tmx as `press` (tests/e2e/web_test.py sees to that).
//
//   TERCET_URL=http://127.0.0.1:7734 node --test web/tests/browser/lookup.test.mjs
//
// With TERCET_SHOTS=FOLDER the tests leave screenshots there. With TERCET_SLOWDOWN=20
// the page runs on a processor that is 20 times slower, which finds tests (and
// pages) that count on being quick.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';

export const SERVER = process.env.TERCET_URL ?? 'http://127.0.0.1:7734';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE_MS = 30_000;
const SLOWDOWN = Number(process.env.TERCET_SLOWDOWN ?? 1);
const LOCALES = { en: 'en-US', es: 'es-ES', zh: 'zh-CN' };
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    // The rest keeps it from asking for things in a network that is closed.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});
after(() => browser?.close());

// Opens the page at `#PLACE`, gives it to `test`, and sees to it that nothing
// failed in it: no exception, no refusal by the Content-Security-Policy, nothing
// from elsewhere. `expected`: a pattern of console errors that belong to the test.
export async function onPage(place, test, options = {}) {
  const { language = 'en', colorScheme = 'light', viewport = DESKTOP, expected } = options;
  const context = await browser.newContext({
    viewport,
    colorScheme,
    locale: LOCALES[language],
    isMobile: viewport === PHONE,
    hasTouch: viewport === PHONE,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const failures = [];
  page.on('pageerror', (error) => failures.push(error.message));
  page.on('console', (message) => {
    const bad = message.type() === 'error' || message.type() === 'warning';
    if (bad && !expected?.test(message.text())) failures.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${SERVER}/`)) failures.push(`asked for ${request.url()}`);
  });
  try {
    if (SLOWDOWN > 1) {
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    }
    await options.prepare?.(page);
    await page.goto(`${SERVER}/#${place}`);
    await test(page, context);
    assert.deepEqual(failures, []);
  } finally {
    await context.close();
  }
}

// Fails with what axe-core finds wrong for people with disabilities: names,
// roles, contrast.
export async function assertAccessible(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { resultTypes: ['violations'] }),
  );
  const told = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`),
  }));
  assert.deepEqual(told, []);
}

// Nothing sticks out to the right.
export async function assertFits(page) {
  const over = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    return Array.from(document.querySelectorAll('body *'))
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .filter((element) => !element.closest('.explanation, .hidden, .skip, .table-scroll'))
      .map((element) => element.outerHTML.slice(0, 120));
  });
  assert.deepEqual(over, []);
}

export async function shoot(page, name) {
  if (!process.env.TERCET_SHOTS) return;
  await page.screenshot({ path: `${process.env.TERCET_SHOTS}/${name}.png` });
}

// Answers the page's questions: gives the list of those that were asked so far, and
// `until(n)`, which resolves when there are so many.
export function answerQuestions(page, answer = 'dismiss') {
  const asked = [];
  let tell = () => {};
  const questions = {
    asked,
    answer, // 'accept' or 'dismiss'; can be changed.
    async until(count) {
      while (asked.length < count) {
        await new Promise((resolve, reject) => {
          tell = resolve;
          setTimeout(reject, PATIENCE_MS, new Error(`asked only ${asked}`)).unref();
        });
      }
    },
  };
  page.on('dialog', async (dialog) => {
    await dialog[questions.answer]();
    asked.push(dialog.type() === 'beforeunload' ? 'beforeunload' : dialog.message());
    tell();
  });
  return questions;
}

// Holds the first answer to what `wanted` matches until `release()`, which resolves
// when the page has had it and time to use it.
export async function holdAnswer(page, wanted) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  let caught;
  const asked = new Promise((resolve) => (caught = resolve));
  let count = 0;
  let done;
  await page.route('**/v1/**', async (route) => {
    if (!wanted(route.request())) return route.fallback();
    count += 1;
    if (count > 1) return route.fallback();
    done = released.then(async (answer) => {
      await route.fulfill({ response: answer }).catch(() => {}); // It may want it no more.
    });
    const answer = await route.fetch();
    caught(answer);
    return done;
  });
  return {
    asked,
    count: () => count,
    async release() {
      release(await asked);
      await done;
      // What was asked for later has been answered too.
      await page.evaluate(async () => (await fetch('/v1/server')).text());
    },
  };
}

export const focused = (page) =>
  page.evaluate(() => document.activeElement?.outerHTML.slice(0, 80) ?? '');

// Waits until that, a text or a pattern, is what was said to screen readers last.
export const hears = (page, text) =>
  page.locator('[role=status]').first().filter({ hasText: text }).waitFor({ state: 'attached' });

export async function api(method, path, body) {
  const response = await fetch(SERVER + path, {
    method,
    ...(body ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  assert.ok(response.ok, text);
  return text;
}

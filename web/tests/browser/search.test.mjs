import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertAccessible, assertFits, focused, hears, holdAnswer, onPage, PHONE, shoot,
} from './browser.mjs';

const texts = (page, selector) => page.locator(selector).allTextContents();

test('a phrase is marked wherever it stands, in any language', () =>
  onPage('/search', async (page) => {
    await page.locator('input:focus').waitFor();
    await page.keyboard.type('trade');
    await page.locator('.card').first().waitFor();
    const marked = await texts(page, '.target-hit .edit-hit');
    assert.ok(marked.length > 1);
    assert.ok(marked.every((text) => /^trade$/i.test(text)), marked.join());
    await hears(page, /^\d+ sentences?$/);
    await page.locator('[data-main-field]').fill('贸易');
    await page.locator('.edit-hit', { hasText: '贸易' }).first().waitFor();
    const first = page.locator('.card').first().locator('.target').first();
    assert.match(await first.innerText(), /zh-CN/); // What was found stands first.
  }));

test('another phrase in a translation narrows it', () =>
  onPage('/search?q=trade', async (page) => {
    await page.locator('.card').first().waitFor();
    const before = await page.locator('.card').count();
    await page.getByLabel('With, in a translation').fill('octubre');
    await page.locator('.edit-hit', { hasText: 'octubre' }).first().waitFor();
    const cards = page.locator('.card');
    assert.ok((await cards.count()) < before);
    for (const card of await cards.all()) {
      assert.match(await card.innerText(), /trade[\s\S]*octubre/i);
    }
  }));

test('words may stand apart, and in other forms', () =>
  onPage('/search?q=amounted+trade&lang=en', async (page) => {
    await page.locator('.empty', { hasText: 'No stored sentence has this.' }).waitFor();
    await page.getByLabel('The words may stand apart').check();
    await page.locator('.card').first().waitFor();
    await page.locator('[data-main-field]').fill('amounts trades');
    await page.locator('.empty', { hasText: 'No stored sentence has this.' }).waitFor();
    await page.getByLabel('Finds').selectOption('INFLECTED');
    await page.locator('.edit-hit', { hasText: /amounted/i }).first().waitFor();
  }));

test('more is shown on demand, none twice', () =>
  onPage('/search?q=the&lang=en', async (page) => {
    await page.getByText('The first 20 sentences').waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.locator('.card').nth(20).waitFor();
    const sentences = await texts(page, '.card .target-hit .text');
    assert.equal(new Set(sentences).size, sentences.length);
  }));

test('more of what was searched for before comes too late', () =>
  onPage('/search?q=the&lang=en', async (page) => {
    await page.getByText('The first 20 sentences').waitFor();
    const more = await holdAnswer(page, (request) => request.postDataJSON()?.pageToken);
    await page.getByRole('button', { name: 'Show more' }).click();
    await more.asked;
    await page.locator('[data-main-field]').fill('tsunami');
    await page.locator('.edit-hit', { hasText: /tsunami/i }).first().waitFor();
    const hits = await page.locator('.card').count();
    assert.ok(hits < 20);
    await more.release();
    assert.equal(await page.locator('.card').count(), hits);
    await hears(page, new RegExp(`^${hits} sentences?$`));
  }));

test('hits are reached, copied and opened by keyboard', () =>
  onPage('/search?q=trade', async (page) => {
    await page.locator('.card').nth(1).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('j');
    assert.match(await focused(page), /class="card"/);
    await page.keyboard.press('c');
    await page.locator('.toast').waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /trade/i);
    await page.keyboard.press('e');
    await page.getByRole('dialog', { name: 'Translation unit' }).waitFor();
  }));

for (const [language, colorScheme] of [['en', 'light'], ['zh', 'dark']]) {
  test(`in ${language}, ${colorScheme}, on a phone and a desk`, async () => {
    for (const viewport of [PHONE, undefined]) {
      const about = { language, colorScheme, ...(viewport ? { viewport } : {}) };
      await onPage('/search?q=trade', async (page) => {
        await page.locator('.card').first().waitFor();
        await assertFits(page);
        await assertAccessible(page);
        await shoot(page, `search-${language}-${colorScheme}-${viewport ? 'phone' : 'desk'}`);
      }, about);
    }
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answerQuestions, api, assertAccessible, assertFits, holdAnswer, onPage, PHONE, shoot,
} from './browser.mjs';

const DIALOG = 'Translation unit';
let count = 0;

// A unit of the test's own; its name.
async function makeUnit(variants = [['en', 'The old bridge'], ['es', 'El puente viejo']]) {
  count += 1;
  const unit = {
    notes: [`test ${count}`],
    variants: variants.map(([languageCode, text, codes = []]) => ({
      languageCode, text: `${text} ${process.pid}-${count}`, codes,
    })),
  };
  return JSON.parse(await api('POST', '/v1/memories/drafts/units', unit)).name;
}

const read = async (name) => JSON.parse(await api('GET', `/v1/${name}`));
const textIn = (page, language) =>
  page.locator('dialog').getByRole('textbox', { name: new RegExp(language) });
const openAt = (name) => `/lookup?unit=${encodeURIComponent(name)}`;

test('a text is changed by keyboard, and found at once', async () => {
  const name = await makeUnit();
  const [, { text }] = (await read(name)).variants;
  await onPage(`/lookup?q=${encodeURIComponent(`The old bridge ${process.pid}-${count}`)}&in=drafts`, async (page) => {
    await page.locator('.card').first().waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('e');
    await page.getByRole('dialog', { name: DIALOG }).waitFor();
    await textIn(page, 'Spanish').fill(text.replace('viejo', 'antiguo'));
    await page.keyboard.press('Control+Enter');
    await page.locator('.card', { hasText: 'antiguo' }).first().waitFor();
    await page.locator('dialog').waitFor({ state: 'detached' });
  });
  assert.match((await read(name)).variants[1].text, /antiguo/);
});

test('state, notes and a further language are kept', async () => {
  const name = await makeUnit();
  await onPage(openAt(name), async (page) => {
    await page.getByLabel('State').selectOption('ALIGNED');
    await page.getByLabel('Notes').fill('first\nsecond');
    await page.getByRole('button', { name: 'Add a text' }).click();
    await page.getByLabel('Language code').fill('zh_cn');
    await page.getByLabel('Text', { exact: true }).fill('老桥');
    await assertFits(page);
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.toast', { hasText: 'Saved' }).waitFor();
  });
  const unit = await read(name);
  assert.equal(unit.state, 'ALIGNED');
  assert.deepEqual(unit.notes, ['first', 'second']);
  assert.deepEqual([unit.variants[2].languageCode, unit.variants[2].text], ['zh-CN', '老桥']);
});

test('codes stay at their words', async () => {
  const codes = [
    { kind: 'BEGIN_PAIRED', offset: 4, content: '<b>', attributes: [{ type: 'i', value: '1' }] },
    { kind: 'END_PAIRED', offset: 7, content: '</b>', attributes: [{ type: 'i', value: '1' }] },
  ];
  const name = await makeUnit([['en', 'The old bridge', codes], ['es', 'El puente']]);
  await onPage(openAt(name), async (page) => {
    const field = textIn(page, 'English');
    const text = await field.inputValue();
    assert.match(text, /^The ⟨1⟩old⟨2⟩ bridge/);
    await field.fill(text.replace('The ', 'Over the very '));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.toast').waitFor();
  });
  const [english] = (await read(name)).variants;
  assert.deepEqual(english.codes.map((code) => code.offset), [14, 17]);
  assert.match(english.text, /^Over the very old bridge/);
});

test('who was faster wins, and the other one is told', async () => {
  const name = await makeUnit();
  await onPage(openAt(name), async (page) => {
    await textIn(page, 'Spanish').fill('Demasiado tarde');
    const unit = await read(name);
    unit.notes = ['somebody else'];
    await api('PATCH', `/v1/${name}?updateMask=notes`, unit);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else has changed this meanwhile').waitFor();
    assert.equal(await textIn(page, 'Spanish').inputValue(), 'Demasiado tarde');
    await page.getByRole('button', { name: /Load it again/ }).click();
    await page.waitForFunction(() => document.querySelector('dialog textarea:not([aria-label])') !== null);
    assert.equal(await page.getByLabel('Notes').inputValue(), 'somebody else');
  }, { expected: /409/ });
  assert.deepEqual((await read(name)).notes, ['somebody else']);
});

const DISCARD = 'Discard what you have changed?';
// The page is not to be had while the editor is open.
const isModal = (page) => page.locator('dialog').evaluate((dialog) => dialog.matches(':modal'));

// Chromium asks the page at the first Escape only, and then closes the dialog.
test('changes are not thrown away by Escape, however often', async () => {
  await makeUnit();
  const place = `/lookup?q=${encodeURIComponent(`The old bridge ${process.pid}-${count}`)}&in=drafts`;
  await onPage(place, async (page) => {
    const questions = answerQuestions(page);
    await page.getByRole('button', { name: 'Edit' }).first().click();
    await textIn(page, 'Spanish').fill('Otra cosa');
    for (let i = 1; i <= 5; i++) {
      await page.keyboard.press('Escape');
      await questions.until(i);
      await page.locator('dialog:modal textarea:focus').waitFor();
    }
    assert.deepEqual(questions.asked, Array(5).fill(DISCARD));
    assert.equal(await textIn(page, 'Spanish').inputValue(), 'Otra cosa');
    questions.answer = 'accept';
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Edit' }).first().click();
    await page.getByLabel('Notes').waitFor();
    assert.notEqual(await textIn(page, 'Spanish').inputValue(), 'Otra cosa');
    assert.equal(questions.asked.length, 6);
  });
});

test('Back does not throw changes away unasked', async () => {
  const name = await makeUnit();
  const place = `/lookup?q=${encodeURIComponent(`The old bridge ${process.pid}-${count}`)}&in=drafts`;
  await onPage(place, async (page) => {
    const questions = answerQuestions(page);
    await page.getByRole('button', { name: 'Edit' }).first().click();
    await textIn(page, 'Spanish').fill('Otra cosa');
    for (let i = 1; i <= 2; i++) {
      await page.evaluate(() => history.back());
      await questions.until(i);
      await page.waitForURL((url) => url.hash.includes(encodeURIComponent(name)));
      assert.equal(await textIn(page, 'Spanish').inputValue(), 'Otra cosa');
      assert.ok(await isModal(page));
    }
    questions.answer = 'accept';
    await page.evaluate(() => history.back());
    await page.locator('dialog').waitFor({ state: 'detached' });
    assert.equal(new URL(page.url()).hash, `#${place}`);
    assert.deepEqual(questions.asked, Array(3).fill(DISCARD));
  });
});

test('leaving the page does not throw changes away unasked', async () => {
  const name = await makeUnit();
  await onPage(openAt(name), async (page) => {
    const questions = answerQuestions(page);
    await textIn(page, 'Spanish').fill('Otra cosa');
    await page.evaluate(() => location.reload());
    await questions.until(1);
    assert.equal(await textIn(page, 'Spanish').inputValue(), 'Otra cosa');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.reload();
    assert.deepEqual(questions.asked, ['beforeunload']);
  });
});

test('what is typed while a unit is being saved is not lost', async () => {
  const name = await makeUnit();
  await onPage(openAt(name), async (page) => {
    await textIn(page, 'Spanish').fill('Primero');
    const saved = await holdAnswer(page, (request) => request.method() === 'PATCH');
    await page.keyboard.press('Control+Enter');
    await saved.asked;
    await textIn(page, 'Spanish').fill('Primero y segundo');
    await saved.release();
    await page.locator('.toast', { hasText: 'Saved' }).waitFor();
    assert.equal(await textIn(page, 'Spanish').inputValue(), 'Primero y segundo');
    assert.equal((await read(name)).variants[1].text, 'Primero');
    await page.keyboard.press('Control+Enter');
    await page.locator('dialog').waitFor({ state: 'detached' });
  });
  assert.equal((await read(name)).variants[1].text, 'Primero y segundo');
});

test('a unit that is saved late closes no other one', async () => {
  const [first, second] = [await makeUnit(), await makeUnit()];
  await onPage(openAt(first), async (page) => {
    page.on('dialog', (dialog) => void dialog.accept());
    await textIn(page, 'Spanish').fill('Despacio');
    const saved = await holdAnswer(page, (request) => request.method() === 'PATCH');
    await page.getByRole('button', { name: 'Save' }).click();
    await saved.asked;
    await page.evaluate((place) => {
      location.hash = place;
    }, openAt(second));
    await page.getByLabel('Notes').waitFor();
    await saved.release();
    await page.locator('.toast', { hasText: 'Saved' }).waitFor();
    await page.getByRole('dialog', { name: DIALOG }).waitFor();
    assert.ok(page.url().endsWith(openAt(second)));
  });
  assert.equal((await read(first)).variants[1].text, 'Despacio');
});

test('a unit is deleted when that is meant', async () => {
  const name = await makeUnit();
  await onPage(openAt(name), async (page) => {
    page.on('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.locator('.toast', { hasText: 'Deleted' }).waitFor();
    await page.locator('dialog').waitFor({ state: 'detached' });
  });
  await assert.rejects(read(name), /UNIT_NOT_FOUND/);
});

test('Back closes the editor', async () => {
  const name = await makeUnit();
  await onPage(`/lookup?q=${encodeURIComponent(`The old bridge ${process.pid}-${count}`)}&in=drafts`, async (page) => {
    await page.getByRole('button', { name: 'Edit' }).first().click();
    await page.getByRole('dialog', { name: DIALOG }).waitFor();
    assert.match(page.url(), new RegExp(encodeURIComponent(name)));
    await page.goBack();
    await page.locator('.card').first().waitFor();
    await page.locator('dialog').waitFor({ state: 'detached' });
  });
});

// The server itself, or something before it, may demand one.
test('a token is asked for where the server demands it', async () => {
  const name = await makeUnit();
  const sent = [];
  const prepare = (page) =>
    page.route('**/v1/memories/drafts/units/**', (route) => {
      const given = route.request().headers().authorization;
      sent.push(`${route.request().method()} ${given ?? '-'}`);
      if (route.request().method() !== 'PATCH' || given === 'Bearer sesame') return route.continue();
      const error = { code: 401, reason: 'TOKEN_INVALID', message: 'the token is missing' };
      return route.fulfill({ status: 401, json: { message: error.message, error } });
    });
  await onPage(openAt(name), async (page) => {
    await textIn(page, 'Spanish').fill('Ábrete');
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog', { name: 'This server demands a token' });
    await dialog.getByLabel('Token').fill('wrong');
    await page.keyboard.press('Enter');
    await dialog.getByText('The server does not accept this token.').waitFor();
    await assertAccessible(page);
    await shoot(page, 'token');
    await dialog.getByLabel('Token').fill('sesame');
    await page.keyboard.press('Enter');
    await page.locator('.toast', { hasText: 'Saved' }).waitFor();
    assert.equal(await page.evaluate(() => JSON.stringify(localStorage).includes('sesame')), false);
  }, { prepare, expected: /401/ });
  assert.deepEqual(sent, ['GET -', 'PATCH -', 'PATCH Bearer wrong', 'PATCH Bearer sesame']);
  assert.equal((await read(name)).variants[1].text, 'Ábrete');
});

for (const [language, colorScheme] of [['en', 'light'], ['zh', 'dark']]) {
  test(`in ${language}, ${colorScheme}, on a phone and a desk`, async () => {
    const name = await makeUnit();
    for (const viewport of [PHONE, undefined]) {
      const about = { language, colorScheme, ...(viewport ? { viewport } : {}) };
      await onPage(openAt(name), async (page) => {
        await page.locator('dialog textarea').first().waitFor();
        await assertFits(page);
        await assertAccessible(page);
        await shoot(page, `unit-${language}-${colorScheme}-${viewport ? 'phone' : 'desk'}`);
      }, about);
    }
  });
}

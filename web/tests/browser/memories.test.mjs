import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  answerQuestions, api, assertAccessible, assertFits, hears, holdAnswer, onPage, PHONE, shoot,
} from './browser.mjs';

const file = (name, text) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
const TABLE = 'en\tes\nOne tree.\tUn árbol.\nTwo trees.\tDos árboles.\n';

// On the disk, from where a browser reads them without a page that holds them.
async function stored(t, files) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tercet-'));
  t.after(() => rm(folder, { recursive: true }));
  return Promise.all(files.map(async ({ name, buffer }) => {
    await writeFile(path.join(folder, name), buffer);
    return path.join(folder, name);
  }));
}

async function choose(page, files) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles(files);
}

// What a person does who drops files: the events that the browser makes then.
// `blanks`: so many come behind the text.
async function drop(page, selector, { name, buffer, blanks = 0 }, told = 'Drop them') {
  const data = await page.evaluateHandle(
    ({ name, text, blanks }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text, ' '.repeat(blanks)], name));
      return transfer;
    },
    { name, text: buffer.toString(), blanks },
  );
  await page.locator(selector).dispatchEvent('dragover', { dataTransfer: data });
  await page.locator('.curtain', { hasText: told }).waitFor();
  await shoot(page, 'drop');
  await page.locator(selector).dispatchEvent('drop', { dataTransfer: data });
}

const tile = (page, title) =>
  page.locator('.tile', { hasText: title }).locator('dd').first().textContent();

test('memories tell their size by language', () =>
  onPage('/memories', async (page) => {
    const card = page.locator('[data-memory=press]');
    await card.waitFor();
    assert.match(await card.innerText(), /197\s+units/);
    const rows = await card.locator('.bars li').allInnerTexts();
    assert.deepEqual(rows.map((row) => row.replace(/\s+/g, ' ')), [
      'es Spanish: 200', 'zh-CN Chinese (China): 200', 'en English: 197',
    ]);
    assert.match(await page.locator('.server-line').innerText(), /units[\s\S]*on disk/);
  }));

test('a file that is dropped goes in, and is found', () =>
  onPage('/lookup', async (page) => {
    await drop(page, 'main', file('My Trees 2026.tsv', TABLE));
    const dialog = page.getByRole('dialog', { name: 'Import a file' });
    await dialog.waitFor();
    await dialog.getByLabel(/Into memory/).fill('trees');
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog.getByText('imported', { exact: true }).waitFor();
    assert.equal(await tile(page, 'Read'), '2');
    assert.equal(await tile(page, 'New'), '2');
    await hears(page, 'My Trees 2026.tsv: imported');
    await assertAccessible(page);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    assert.match(await page.locator('[data-memory=trees]').innerText(), /2\s+units/);
    await page.locator('[data-memory=trees]').getByRole('link', { name: 'Lookup' }).click();
    await page.locator('textarea').first().fill('Three trees.');
    await page.locator('.card', { hasText: 'árboles' }).first().waitFor();
  }));

test('a file dropped on a memory goes into that one', () =>
  onPage('/memories', async (page) => {
    await page.locator('[data-memory=drafts]').waitFor();
    await drop(page, '[data-memory=drafts]', file('more.tsv', TABLE), 'import them into drafts');
    assert.equal(await page.getByLabel(/Into memory/).inputValue(), 'drafts');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  }));

// Real drags: what the browser does with a file that the page does not take.
test('a file dropped on a dialog is not opened instead of the page', () =>
  onPage('/memories', async (page, context) => {
    await page.getByRole('button', { name: 'New memory' }).click();
    await page.getByLabel('Name that people see').fill('Nothing is lost');
    const mouse = await context.newCDPSession(page);
    const drag = (type) =>
      mouse.send('Input.dispatchDragEvent', {
        type, x: 600, y: 300,
        data: { items: [], files: [fileURLToPath(import.meta.url)], dragOperationsMask: 1 },
      });
    await page.evaluate(() => {
      window.addEventListener('dragover', (event) => {
        window.dragged = [event.defaultPrevented, event.dataTransfer.dropEffect];
      });
    });
    for (const type of ['dragEnter', 'dragOver', 'drop']) await drag(type);
    await page.waitForFunction(() => window.dragged);
    assert.deepEqual(await page.evaluate(() => window.dragged), [true, 'none']);
    assert.deepEqual(context.pages().map((open) => open.url()), [page.url()]);
    assert.equal(await page.getByLabel('Name that people see').inputValue(), 'Nothing is lost');
    assert.equal(await page.locator('.curtain').count(), 0);
  }));

test('problems are told with their line', () =>
  onPage('/memories', async (page) => {
    await choose(page, [file('bad.tsv', `${TABLE}only one cell\n\tVacía\n`)]);
    await page.getByLabel(/Into memory/).fill('bad');
    await page.getByLabel('Only check the files; write nothing').check();
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('checked, nothing written').waitFor();
    assert.equal(await tile(page, 'Read'), '4');
    const rows = await page.locator('.table-scroll tbody tr').allInnerTexts();
    assert.match(rows[0], /^4\t/);
    await assertFits(page);
    await assertAccessible(page);
    await shoot(page, 'import-report');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('[data-memory=bad]').count(), 0); // Nothing was written.
  }));

test('a large file tells how far it is, and can be stopped', (t) =>
  onPage('/memories', async (page) => {
    const row = (i) => `Sentence ${i} of a file that takes a while ${i * 7}\tFrase ${i} ${i * 7}`;
    const rows = Array.from({ length: 200_000 }, (_, i) => row(i)).join('\n');
    const large = file('large.tsv', `en\tes\n${rows}\n`);
    await choose(page, await stored(t, [large, file('after.tsv', TABLE)]));
    await page.getByLabel(/Into memory/).fill('large');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 0.02);
    await page.locator('.run-line', { hasText: /\d units/ }).waitFor();
    await shoot(page, 'import-running');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.locator('.badge', { hasText: 'stopped' }).nth(1).waitFor();
    await page.getByRole('button', { name: 'Close' }).last().click();
    const card = page.locator('[data-memory=large]');
    await card.waitFor();
    assert.match(await card.innerText(), /\d\s+units/);
  }));

test('an import goes on when one goes Back, and is not left unasked', () =>
  onPage('/lookup', async (page) => {
    const questions = answerQuestions(page);
    const run = await holdAnswer(page, (request) => request.url().includes(':importUnits'));
    await page.locator('textarea:focus').waitFor();
    await drop(page, 'main', file('going.tsv', TABLE));
    await page.getByLabel(/Into memory/).fill('going');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await run.asked;
    await page.evaluate(() => history.back());
    await page.locator('main textarea').waitFor();
    await page.evaluate(() => location.reload());
    await questions.until(1);
    for (let i = 2; i <= 4; i++) {
      await page.keyboard.press('Escape');
      await questions.until(i);
      await page.locator('dialog:modal progress').waitFor();
    }
    await shoot(page, 'import-over-lookup');
    await run.release();
    await page.getByText('imported', { exact: true }).waitFor();
    assert.deepEqual(questions.asked, [
      'beforeunload', ...Array(3).fill('Stop the import? What is in the memory already stays.'),
    ]);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.locator('textarea').first().fill('Three trees.');
    await page.locator('.card', { hasText: 'árboles' }).first().waitFor();
  }));

test('files that wait to be imported are forgotten when one goes Back', () =>
  onPage('/lookup', async (page) => {
    await page.locator('textarea:focus').waitFor();
    await drop(page, 'main', file('waiting.tsv', TABLE));
    await page.getByRole('dialog').waitFor();
    await page.waitForURL((url) => url.hash === '#/memories');
    await page.evaluate(() => history.back());
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.evaluate(() => history.forward());
    await page.getByRole('heading', { name: 'Memories' }).waitFor();
    assert.equal(await page.locator('dialog').count(), 0);
  }));

test('settings are not thrown away unasked', () =>
  onPage('/lookup', async (page) => {
    const questions = answerQuestions(page);
    await page.getByRole('link', { name: 'Memories' }).click();
    await page.getByRole('button', { name: 'New memory' }).click();
    await page.getByLabel('Name that people see').fill('Wire');
    await page.keyboard.press('Escape');
    await questions.until(1);
    await page.evaluate(() => history.back());
    await questions.until(2);
    await page.waitForURL((url) => url.hash === '#/memories');
    assert.equal(await page.getByLabel('Name that people see').inputValue(), 'Wire');
    await page.getByRole('button', { name: 'Cancel' }).click(); // That is meant.
    await page.locator('dialog').waitFor({ state: 'detached' });
    assert.deepEqual(questions.asked, Array(2).fill('Discard what you have changed?'));
  }));

test('an import is taken back', () =>
  onPage('/memories', async (page) => {
    page.on('dialog', (dialog) => void dialog.accept());
    await choose(page, [file('mistake.tsv', TABLE)]);
    await page.getByLabel(/Into memory/).fill('mistakes');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.locator('.undo', { hasText: 'Undone: 2 deleted' }).waitFor();
    await page.getByRole('button', { name: 'Close' }).last().click();
    assert.match(await page.locator('[data-memory=mistakes]').innerText(), /0\s+units/);
    await page.locator('[data-memory=mistakes]').getByRole('button', { name: 'Imports' }).click();
    const row = page.locator('.import-row', { hasText: 'mistake.tsv' }).first();
    await row.getByText('undone').first().waitFor();
    await row.locator('summary').click();
    await row.locator('.tile').first().waitFor();
    await assertAccessible(page);
    await shoot(page, 'imports');
  }));

test('a file of another kind is refused by name', () =>
  onPage('/memories', async (page) => {
    await choose(page, [file('letter.docx', 'x')]);
    await page.getByText('Not a format that can be imported: letter.docx').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Import', exact: true }).isDisabled());
  }));

test('a broken file tells where', () =>
  onPage('/memories', async (page) => {
    await choose(page, [file('broken.tmx', '<tmx version="1.4"><body><tu></body>')]);
    await page.getByLabel(/Into memory/).fill('broken');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('alert').getByText('The file cannot be read to its end').waitFor();
    assert.match(await page.getByRole('alert').innerText(), /line \d|mismatched|header/);
  }));

// The server answers while the browser still sends, which reads nothing before it
// has sent everything. Where nothing is written, nobody else knows the reason.
for (const check of [false, true]) {
  test(`so does a large one that is dropped${check ? ', and only checked' : ''}`, () =>
    onPage('/memories', async (page) => {
      const broken = file('late.tmx', '<html><body>');
      await drop(page, 'main', { ...broken, blanks: 60_000_000 });
      await page.getByLabel(/Into memory/).fill('broken');
      await page.getByLabel('Only check the files; write nothing').setChecked(check);
      await page.getByRole('button', { name: check ? 'Check' : 'Import', exact: true }).click();
      await page.getByRole('alert').getByText('The file cannot be read to its end').waitFor();
      await shoot(page, 'import-broken');
    }, { expected: /status of 400/ }));
}

test('a memory is made, named and trusted less', () =>
  onPage('/memories', async (page) => {
    await page.getByRole('button', { name: 'New memory' }).click();
    await page.getByLabel('Name in addresses').fill('wire-2026');
    await page.getByLabel('Name that people see').fill('Wire 2026');
    await page.getByRole('button', { name: 'Save' }).click();
    const card = page.locator('[data-memory=wire-2026]');
    await card.getByRole('heading', { name: 'Wire 2026' }).waitFor();
    await card.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Points off every match').fill('3');
    await page.getByRole('button', { name: 'Save' }).click();
    await card.getByText('−3 points').waitFor();
    const stored = JSON.parse(await api('GET', '/v1/memories/wire-2026'));
    assert.deepEqual([stored.displayName, stored.penalty], ['Wire 2026', 3]);
  }));

test('an older list of memories does not hide a new one', () => {
  let list;
  return onPage('/memories', async (page) => {
    await page.getByRole('button', { name: 'New memory' }).click();
    await list.asked;
    await page.getByLabel('Name in addresses').fill('after-the-list');
    await page.getByRole('button', { name: 'Save' }).click();
    const card = page.locator('[data-memory=after-the-list]');
    await card.waitFor();
    await list.release();
    assert.equal(await card.count(), 1);
  }, {
    async prepare(page) {
      list = await holdAnswer(page, (request) => request.url().includes('/v1/memories?'));
    },
  });
});

test('settings that are saved late close nothing else', () =>
  onPage('/memories', async (page) => {
    const card = page.locator('[data-memory=press]');
    await card.getByRole('button', { name: 'Settings' }).click();
    const saved = await holdAnswer(page, (request) => request.method() === 'PATCH');
    await page.getByRole('button', { name: 'Save' }).click();
    await saved.asked;
    // It would be lost.
    assert.equal(await page.getByLabel('Name that people see').isEditable(), false);
    await page.getByRole('button', { name: 'Close' }).click();
    await card.getByRole('button', { name: 'Browse' }).click();
    await page.locator('.unit-row').first().waitFor();
    await saved.release();
    await page.locator('.toast', { hasText: 'Saved' }).waitFor();
    assert.equal(await page.getByRole('dialog', { name: 'Units of press' }).count(), 1);
  }));

test('a memory is downloaded as a file', () =>
  onPage('/memories', async (page) => {
    const download = page.waitForEvent('download');
    await page.locator('[data-memory=press]').getByRole('link', { name: 'Download as TMX' }).click();
    const saved = await download;
    assert.equal(saved.suggestedFilename(), 'press.tmx');
  }));

test('its units are listed once, however often one asks for more', () =>
  onPage('/memories', async (page) => {
    await page.locator('[data-memory=press]').getByRole('button', { name: 'Browse' }).click();
    await page.locator('.unit-row').nth(49).waitFor();
    const more = await holdAnswer(page, (request) => /pageToken=./.test(request.url()));
    await page.getByRole('button', { name: 'Show more' }).evaluate((button) => {
      button.click();
      button.click();
    });
    await more.asked;
    await more.release();
    await page.locator('.unit-row').nth(99).waitFor();
    assert.equal(more.count(), 1);
    assert.equal(await page.locator('.unit-row').count(), 100);
  }));

test('its units are listed, and opened', () =>
  onPage('/memories', async (page) => {
    await page.locator('[data-memory=press]').getByRole('button', { name: 'Browse' }).click();
    await page.locator('.unit-row').nth(49).waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.locator('.unit-row').nth(99).waitFor();
    await page.locator('.unit-row').nth(60).click();
    await page.getByRole('dialog', { name: 'Translation unit' }).waitFor();
  }));

for (const [language, colorScheme] of [['en', 'light'], ['es', 'dark']]) {
  test(`in ${language}, ${colorScheme}, on a phone and a desk`, async () => {
    for (const viewport of [PHONE, undefined]) {
      const about = { language, colorScheme, ...(viewport ? { viewport } : {}) };
      await onPage('/memories', async (page) => {
        await page.locator('[data-memory=press] .bars').waitFor();
        await assertFits(page);
        await assertAccessible(page);
        await shoot(page, `memories-${language}-${colorScheme}-${viewport ? 'phone' : 'desk'}`);
      }, about);
    }
  });
}

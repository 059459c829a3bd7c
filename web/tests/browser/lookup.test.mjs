import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, assertFits, focused, hears, onPage, PHONE, shoot } from './browser.mjs';

const SENTENCES = {
  en: 'Rail freight volume rose 9.1 percent to 1.45 billion tons!',
  es: 'El volumen de carga ferroviaria creció un 9,1 %, hasta 1.450 millones de toneladas.',
  zh: '昨天小岛屿国家呼吁加快紧急贷款的发放。',
};
const placeOf = (text) => `/lookup?${new URLSearchParams({ q: text })}`;

for (const [language, sentence] of Object.entries(SENTENCES)) {
  test(`a sentence in ${language} is found while it is typed`, () =>
    onPage('/lookup', async (page) => {
      await page.locator('textarea:focus').waitFor();
      await page.keyboard.type(sentence);
      await page.locator('.card').first().waitFor();
      const checked = page.locator('input[name=from]:checked + span');
      const name = { en: 'English', es: 'Spanish', zh: 'Chinese' }[language];
      assert.equal(await checked.textContent(), `Detected: ${name}`);
      const targets = await page.locator('.card').first().locator('.language').allTextContents();
      assert.deepEqual(targets.sort(), ['en', 'es', 'zh-CN'].filter((c) => !c.startsWith(language)));
      await hears(page, /^\d+ match(es)?\. The best has \d+\.$/);
    }));
}

test('what is found is told in the language of the page', () =>
  onPage(placeOf(SENTENCES.en), async (page) => {
    await page.locator('.card').first().waitFor();
    await hears(page, /^\d+ 条匹配，最高 \d+ 分。$/);
  }, { language: 'zh' }));

test('what differs is marked in both texts', () =>
  onPage(placeOf(SENTENCES.zh), async (page) => {
    const card = page.locator('.card').first();
    assert.equal(await card.locator('.score-number').textContent(), 'Score 89');
    assert.deepEqual(await card.locator('.compare ins').allTextContents(), ['昨天']);
    assert.deepEqual(await card.locator('.compare .text').allTextContents(), [
      SENTENCES.zh,
      SENTENCES.zh.replace('昨天', ''),
    ]);
  }));

test('numbers are carried over, and marked', () =>
  onPage(placeOf(SENTENCES.en), async (page) => {
    const chinese = page.locator('.target', { hasText: 'zh-CN' }).first();
    assert.equal(await chinese.locator('.text').first().textContent(), '铁路货运量增长9.1%，达14.5亿吨。');
    assert.deepEqual(await chinese.locator('.text').first().locator('.edit').allTextContents(), [
      '9.1',
      '14.5',
    ]);
    await chinese.getByRole('button', { name: 'Copy the text in: Chinese' }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, '铁路货运量增长9.1%，达14.5亿吨。');
  }));

test('a score is explained as a sum that holds', () =>
  onPage(placeOf(SENTENCES.en), async (page) => {
    await page.getByRole('button', { name: 'Why 98?' }).click();
    const rows = await page.locator('.explanation table').first().locator('tbody tr').allInnerTexts();
    assert.deepEqual(rows.map((row) => row.split('\t')), [
      ['number, date or address', '9.6 percent', '9.1 percent', '0.10'],
      ['number, date or address', '1.24 billion', '1.45 billion', '0.10'],
      ['punctuation', '.', '!', '0.05'],
    ]);
    assert.match(await page.locator('.explanation tfoot').innerText(), /8 words.*0\.25/s);
    assert.match(
      await page.locator('.sum').innerText(),
      /100, less one point for each of 2 sorts of difference: number.* and punctuation\s+98\s+Score\s+98/,
    );
    assert.match(await page.locator('.explanation').innerText(), /1240000000.*1450000000\s+yes/s);
    await assertAccessible(page);
  }));

test('a penalty is part of the sum', () =>
  onPage('/lookup?q=Open+the+door+slowly&in=drafts', async (page) => {
    await page.getByRole('button', { name: 'Why 98?' }).click();
    assert.match(await page.locator('.sum').innerText(), /texts are the same\s+100\s+.*draft\s+−2\s+Score\s+98/);
  }));

test('all goes by keyboard', () =>
  onPage(placeOf('The talks of the trade forum'), async (page) => {
    await page.goto(page.url().replace(/#.*/, `#${placeOf(SENTENCES.en)}`));
    await page.locator('.card').first().waitFor();
    await page.keyboard.press('/');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.press('Enter');
    assert.match(await focused(page), /class="card"/);
    await page.keyboard.press('x');
    await page.locator('.explanation').waitFor();
    await page.keyboard.press('2');
    await page.locator('.toast').waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /9,1 %/);
    await page.keyboard.press('ArrowUp');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.getByRole('heading', { name: 'Memories' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Help and shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  }));

test('letters can be kept from being shortcuts', () =>
  onPage('/memories', async (page) => {
    // Keys are heard once the page runs.
    await page.waitForLoadState('networkidle');
    await page.keyboard.press('?');
    await page.getByLabel('Single letters are shortcuts').uncheck();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    assert.equal(await page.locator('dialog').count(), 0);
  }));

test('a dialog has the keys from the moment it is there', () =>
  onPage('/memories', async (page) => {
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => {
      new MutationObserver((_, observer) => {
        const dialog = document.querySelector('dialog');
        if (!dialog) return;
        window.modalAtOnce = dialog.matches(':modal');
        observer.disconnect();
      }).observe(document.body, { childList: true, subtree: true });
    });
    await page.keyboard.press('?');
    await page.locator('dialog').waitFor();
    assert.equal(await page.evaluate(() => window.modalAtOnce), true);
  }));

test('the focus is always to be seen, and first goes past the frame', () =>
  onPage(placeOf(SENTENCES.en), async (page) => {
    await page.locator('.card').first().waitFor();
    // From where the browser is when a page is new.
    await page.evaluate(() => {
      document.activeElement?.blur();
      document.querySelector('.skip')?.before(Object.assign(document.createElement('i'), { id: 'top', tabIndex: -1 }));
      document.getElementById('top')?.focus();
    });
    const seen = new Set();
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      const element = await page.evaluate(() => {
        const active = document.activeElement;
        const styled = active?.matches('.chip input') ? active.nextElementSibling : active;
        const { outlineStyle, outlineWidth } = getComputedStyle(styled ?? document.body);
        return { html: active?.outerHTML.slice(0, 60), outline: `${outlineStyle} ${outlineWidth}` };
      });
      if (element.html?.startsWith('<body')) break;
      if (i === 0) assert.match(element.html, /class="skip"/);
      assert.equal(element.outline, 'solid 3px', element.html);
      seen.add(element.html);
    }
    assert.ok(seen.size > 12, [...seen].join('\n'));
  }));

test('an address brings back what it shows', () =>
  onPage('/lookup', async (page) => {
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type(SENTENCES.es);
    await page.getByRole('checkbox', { name: 'Chinese' }).focus();
    await page.keyboard.press('Space');
    await page.locator('.card').first().waitFor();
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await page.locator('.card').first().waitFor();
    assert.equal(await page.locator('textarea').first().inputValue(), SENTENCES.es);
    const tags = await page.locator('.card').first().locator('.language').allTextContents();
    assert.deepEqual(tags, ['zh-CN']);
  }, { expected: /about:blank/ }));

test('what is stored is text, whatever it looks like', () =>
  onPage('/lookup?q=Beware+of+%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+here&in=drafts', async (page) => {
    page.on('dialog', () => assert.fail('it ran'));
    await page.locator('.card').first().waitFor();
    assert.match(await page.locator('.card .target .text').first().textContent(), /<script>/);
    assert.equal(await page.locator('.card img, .card script').count(), 0);
  }));

test('an error is told in the language of the page', () =>
  onPage('/lookup?q=Hello&in=nowhere', async (page) => {
    const alert = page.getByRole('alert');
    await alert.waitFor();
    assert.match(await alert.innerText(), /No existe esa memoria[\s\S]*nowhere/);
  }, { language: 'es', expected: /404/ }));

test('a server that is gone is told of', () =>
  onPage('/lookup', async (page, context) => {
    await page.locator('textarea:focus').waitFor();
    await context.setOffline(true);
    await page.keyboard.type('Hello');
    await page.getByRole('alert').getByText('The server does not answer').waitFor();
  }, { expected: /ERR_INTERNET_DISCONNECTED/ }));

for (const language of ['en', 'es', 'zh']) {
  for (const colorScheme of ['light', 'dark']) {
    test(`in ${language}, ${colorScheme}, on a phone and a desk`, async () => {
      for (const viewport of [PHONE, undefined]) {
        const about = { language, colorScheme, ...(viewport ? { viewport } : {}) };
        await onPage(placeOf(SENTENCES.en), async (page) => {
          await page.locator('.card').first().waitFor();
          assert.equal(await page.getAttribute('html', 'lang'), language === 'zh' ? 'zh-CN' : language);
          await page.locator('.actions .button').first().click();
          await assertFits(page);
          if (language === 'en') await assertAccessible(page);
          await shoot(page, `lookup-${language}-${colorScheme}-${viewport ? 'phone' : 'desk'}`);
        }, about);
      }
    });
  }
}

test('language and colours are chosen, and remembered', () =>
  onPage('/lookup', async (page) => {
    await page.getByRole('combobox', { name: 'Language of this page' }).selectOption('zh');
    await page.getByText('已有哪些译文？').waitFor();
    await page.getByRole('button', { name: '配色：跟随系统' }).click();
    await page.getByRole('button', { name: '配色：浅色' }).click();
    await page.reload();
    await page.getByText('已有哪些译文？').waitFor();
    const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    assert.equal(ground, 'rgb(19, 23, 21)');
  }));

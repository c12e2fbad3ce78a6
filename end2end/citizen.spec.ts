// The citizen's way from the code to the thanks, with JavaScript and without.
import { expect, type Page, type Request } from '@playwright/test';
import { answerAll, asked, choice, expectThanks, given, send, stage } from './citizen.ts';
import { type House, test } from './house.ts';

const UNIT = 'tay-son-tt';

/** Opens the questionnaire of a counter and says how many answers the unit has. */
async function open(page: Page, house: House, query = '') {
  const code = house.code(UNIT, 'Quầy 1');
  const answer = await page.goto(`${house.base}/s/${code}${query}`);
  expect(answer?.status()).toBe(200);
  return { code, before: await house.responses(UNIT) };
}

test('two requests, no script', async ({ page, demo }) => {
  const asks: Request[] = [];
  page.on('request', (request) => asks.push(request));
  await open(page, demo);
  await page.waitForLoadState('networkidle');
  expect(asks.map((ask) => ask.resourceType())).toEqual(['document', 'stylesheet']);
  await expect(page.locator('script')).toHaveCount(0);
  const inline = await page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) =>
      element.getAttributeNames().filter((name) => name === 'style' || name.startsWith('on')),
    ),
  );
  expect(inline).toEqual([]);
});

test('the code leads through the questions to the thanks', async ({ page, demo }) => {
  const { code, before } = await open(page, demo);
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi');
  await expect(page.locator('header')).toContainText('Quầy 1 – Hộ tịch, chứng thực');
  await expect(page.locator('.privacy')).toContainText('Phiếu không ghi tên');
  await stage(page, 'result').tap();
  await answerAll(page);
  await page.locator('#comment').fill('Cán bộ hướng dẫn rõ ràng.');
  await send(page).tap();
  await expectThanks(page, code);
  await expect(page.locator('main')).toContainText('đã được lưu');
  expect(await demo.responses(UNIT)).toBe(before + 1);
});

test('one question answered is enough, and nothing is compulsory', async ({ page, demo }) => {
  const { code, before } = await open(page, demo);
  await expect(page.locator('[required]')).toHaveCount(0);
  await choice(asked(page).nth(2), '4').tap();
  await send(page).tap();
  await expectThanks(page, code);
  expect(await demo.responses(UNIT)).toBe(before + 1);
});

test('a second tap while the answer is on its way counts once', async ({ page, demo }) => {
  const { code, before } = await open(page, demo);
  await answerAll(page);
  // The first is stored, but its answer gets lost on the way back; the page still stands there.
  let sent = 0;
  await page.route(new RegExp(`/s/${code}(\\?|$)`), async (route) => {
    if (route.request().method() !== 'POST' || sent++ > 0) return route.continue();
    const answer = await route.fetch({ maxRedirects: 0 });
    expect(answer.status()).toBe(303);
    await route.abort('aborted');
  });
  await send(page).click({ noWaitAfter: true });
  await expect.poll(() => demo.responses(UNIT)).toBe(before + 1);
  await send(page).click();
  await expectThanks(page, code);
  expect(sent).toBe(2);
  await expect(page.locator('main')).toContainText('đã được lưu');
  expect(await demo.responses(UNIT)).toBe(before + 1);
});

test('a double tap counts once', async ({ page, demo }) => {
  const { code, before } = await open(page, demo);
  await answerAll(page);
  await send(page).dblclick();
  await expectThanks(page, code);
  expect(await demo.responses(UNIT)).toBe(before + 1);
});

test('reloading the thanks and going back to send again counts once', async ({ page, demo }) => {
  const { code, before } = await open(page, demo);
  await answerAll(page);
  await send(page).tap();
  await expectThanks(page, code);
  await page.reload();
  await expectThanks(page, code);

  await page.goBack();
  await expect(send(page)).toBeVisible();
  await send(page).tap();
  await expectThanks(page, code);
  await expect(page.locator('main')).toContainText('đã được lưu');
  expect(await demo.responses(UNIT)).toBe(before + 1);

  await page.goBack();
  await choice(asked(page).first(), '1').tap();
  await send(page).tap();
  await expectThanks(page, code);
  await expect(page.locator('main')).toContainText('Câu trả lời đầu tiên của Ông/Bà được giữ');
  expect(await demo.responses(UNIT)).toBe(before + 1);
});

test('nothing answered brings the page back with all that was typed', async ({ page, demo }) => {
  const { code, before } = await open(page, demo);
  await stage(page, 'asking').tap();
  await page.locator('#comment').fill('Dòng một\nDòng hai <b>&amp;</b>');
  await page.locator('summary').tap();
  await page.locator('#field').selectOption({ index: 2 });
  const typed = await given(page);
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    send(page).tap(),
  ]);
  expect(answer.status()).toBe(422);
  await expect(page).toHaveTitle(/^Chưa gửi được/);
  expect(await given(page)).toEqual(typed);
  await expect(page.locator('#field')).toBeVisible();

  const link = page.getByRole('alert').getByRole('link');
  await expect(link).toHaveCount(1);
  await link.focus();
  await expect(link).toBeFocused();
  await page.keyboard.press('Enter');
  const first = asked(page).first();
  await expect(page).toHaveURL(new RegExp(`#${await first.getAttribute('id')}$`));
  await expect(first).toBeInViewport();
  await expect(first).toHaveAccessibleDescription(/chưa chọn câu trả lời nào/);
  // From there the next stop is the question itself.
  await page.keyboard.press('Tab');
  await expect(first.locator('input').first()).toBeFocused();
  await page.keyboard.press('Space');
  await send(page).tap();
  await expectThanks(page, code);
  expect(await demo.responses(UNIT)).toBe(before + 1);
});

test('the language is switched with the answers kept', async ({ page, demo }) => {
  const { code, before } = await open(page, demo);
  await stage(page, 'result').tap();
  await answerAll(page);
  await page.locator('summary').tap();
  await choice(page.locator('details fieldset').first(), '2').tap();
  await page.locator('#field').selectOption({ index: 3 });
  await page.locator('#comment').fill('Xin giữ lại “lời này”.');
  const typed = await given(page);
  const id = await page.locator('[name=id]').inputValue();

  await page.getByRole('button', { name: 'English' }).tap();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('h1')).toContainText('satisfied');
  await expect(page.locator('details')).toHaveAttribute('open');
  expect(await given(page)).toEqual(typed);
  expect(await demo.responses(UNIT)).toBe(before);

  await page.getByRole('button', { name: 'Tiếng Việt' }).tap();
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi');
  expect(await given(page)).toEqual(typed);
  await expect(page.locator('[name=id]')).toHaveValue(id);

  await page.getByRole('button', { name: 'English' }).tap();
  await send(page).tap();
  await expectThanks(page, code);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  expect(await demo.responses(UNIT)).toBe(before + 1);
});

test('what needs a result is out of the way while there is none', async ({ page, demo }) => {
  await open(page, demo);
  const result = page.locator('.asked.result');
  await expect(result).toHaveCount(1);
  await expect(result).toBeVisible();
  await page.locator('summary').tap();
  for (const [value, visible] of [
    ['filing', false],
    ['result', true],
    ['asking', false],
  ] as const) {
    await stage(page, value).tap();
    for (const part of await page.locator('.result').all()) {
      await expect(part).toBeVisible({ visible });
    }
  }
  await expect(asked(page).filter({ visible: true })).toHaveCount(4);
});

test('the folded questions open, and their answers are kept', async ({ page, demo }) => {
  const { code, before } = await open(page, demo);
  const folded = page.locator('details fieldset');
  await expect(folded).toHaveCount(11);
  await expect(folded.first()).toBeHidden();
  await expect(page.locator('summary')).toContainText('11 câu');
  await page.locator('summary').tap();
  for (const question of await folded.all()) await choice(question, '4').tap();
  expect(Object.keys(await given(page)).filter((name) => /^[A-E]\d$/.test(name))).toHaveLength(11);
  await send(page).tap();
  await expectThanks(page, code);
  expect(await demo.responses(UNIT)).toBe(before + 1);
});

test('the full form asks everything at once', async ({ page, demo }) => {
  const { code, before } = await open(page, demo, '?form=full');
  await expect(asked(page)).toHaveCount(16);
  await choice(asked(page).last(), '5').tap();
  await send(page).tap();
  await expectThanks(page, code);
  expect(await demo.responses(UNIT)).toBe(before + 1);
});

test('a device for everyone goes back to the start by itself', async ({ page, demo }) => {
  const code = demo.code(UNIT, 'Máy tự phục vụ');
  await page.goto(`${demo.base}/s/${code}`);
  await expect(page.locator('form')).toHaveAttribute('autocomplete', 'off');
  const id = await page.locator('[name=id]').inputValue();
  await answerAll(page);
  await page.locator('#comment').fill('Của người trước');
  await send(page).tap();
  const thanks = await page.waitForResponse(/\/thanks/);
  expect(thanks.headers().refresh).toBe(`8; url=/s/${code}`);
  await expect(page.getByRole('link', { name: 'Bắt đầu lại' })).toBeVisible();
  await page.waitForURL(`${demo.base}/s/${code}`);
  await expect(page.locator('#comment')).toHaveValue('');
  await expect(page.locator('input:checked')).toHaveCount(0);
  await expect(page.locator('[name=id]')).not.toHaveValue(id);
});

test('a closed point and an unknown code say so in words', async ({ page, office }) => {
  const closed = office.code('son-tra-tt', 'Quầy cũ');
  const gone = await page.goto(`${office.base}/s/${closed}`);
  expect(gone?.status()).toBe(410);
  await expect(page.locator('h1')).toHaveText('Điểm này không còn nhận ý kiến');
  await expect(page.locator('body')).toContainText('Quầy cũ – Tư pháp');
  await expect(page.locator('main')).toContainText('Xin Ông/Bà quét mã QR đang đặt tại quầy');

  const unknown = await page.goto(`${office.base}/s/ABCDEFGHJK?lang=en`);
  expect(unknown?.status()).toBe(404);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('h1')).toHaveText('This service point was not found');
  await page.getByRole('link').click();
  await expect(page.locator('#code')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('a code typed by hand opens its form in the language of the page', async ({ page, demo }) => {
  const code = demo.code(UNIT, 'Quầy 2');
  const typed = `${code.slice(0, 5).toLowerCase()} ${code.slice(5).toLowerCase()}`;
  for (const [query, lang] of [
    ['', 'vi'],
    ['?lang=en', 'en'],
  ]) {
    await page.goto(`${demo.base}/${query}`);
    await page.locator('#code').fill(typed);
    await page.keyboard.press('Enter');
    await expect(page.locator('header')).toContainText('Quầy 2 – Đất đai, xây dựng');
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
  }
});

// From an empty database to a printed label, as whoever sets the service up does it; and a code that is
// taken back. The same without JavaScript.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { at, heading, press, setPassword, signIn } from './office.ts';
import { expectNoScript, look, test } from './official.ts';
import { axe, shot } from './page.ts';
import { BINARY, startServe } from './server.ts';

const follow = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();
const missing = (page: Page) => page.locator('.state-missing');

test('from an empty database to a label, and to another code', async ({ page, errors }) => {
  // A whole beginning, with axe on a dozen pages in two widths.
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'hailong-'));
  const url = `sqlite://${join(folder, 'hailong.db')}`;
  const server = await startServe(url);
  const { base } = server;

  // Before the first account the machine itself is told how to begin.
  await page.goto(base);
  await follow(page, 'Các bước bắt đầu');
  await expect(missing(page)).toHaveCount(8);
  await look(page, 'admin-start-empty');
  const command = await page.locator('.steps code').first().innerText();
  expect(command).toContain('hailong account add');
  const args = ['account', 'add', '--name', 'an@gialai', '--role', 'administrator', '--unit', 'gia-lai'];
  const link = execFileSync(BINARY, [...args, '--unit-name', 'Tỉnh Gia Lai'], {
    encoding: 'utf8',
    env: { ...process.env, HAILONG_DATABASE_URL: url, HAILONG_LOG: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await setPassword(page, at(server, link));
  await signIn(page, 'an@gialai');
  await expect(page).toHaveURL(`${base}/`);
  await axe(page);
  await shot(page, 'admin-home');
  await follow(page, 'Các bước bắt đầu');
  await expect(missing(page)).toHaveCount(7);

  // Units: one that is refused comes back as it was typed; then the commune and its centre.
  await page.locator('.steps').getByRole('link', { name: 'Đơn vị', exact: true }).click();
  await expect(heading(page)).toHaveText('Đơn vị');
  const add = async (name: string, kind: string, parent: string, code = '') => {
    await page.getByLabel('Tên đơn vị').fill(name);
    await page.getByLabel('Loại').selectOption(kind);
    await page.getByLabel('Thuộc đơn vị').selectOption(parent);
    await page.getByLabel('Mã đơn vị').fill(code);
    await press(page, 'Thêm đơn vị');
  };
  await add('Xã Ia Grai', 'commune', 'gia-lai', 'gia-lai');
  await expect(page.getByRole('alert')).toHaveText('Mã này đã có đơn vị dùng.');
  await expect(page.getByLabel('Tên đơn vị')).toHaveValue('Xã Ia Grai');
  await look(page, 'admin-units-refused');
  await add('Xã Ia Grai', 'commune', 'gia-lai', 'ia-grai');
  await expect(heading(page)).toHaveText('Xã Ia Grai');
  await look(page, 'admin-unit');
  await page.locator('.path').getByRole('link', { name: 'Đơn vị' }).click();
  await add('Trung tâm Phục vụ hành chính công xã Ia Grai', 'centre', 'ia-grai', 'ia-grai-tt');
  await page.getByRole('navigation', { name: 'Quản trị' }).getByRole('link', { name: 'Đơn vị' }).click();
  await expect(page.locator('.tree tbody tr')).toHaveCount(3);
  await look(page, 'admin-units');

  // A point, its label, and what a citizen sees.
  await page.getByRole('navigation', { name: 'Quản trị' }).getByRole('link', { name: 'Điểm phục vụ' }).click();
  await look(page, 'admin-places');
  await follow(page, 'Trung tâm Phục vụ hành chính công xã Ia Grai');
  await page.getByLabel('Tên điểm').fill('Quầy 3 – Hộ tịch, chứng thực');
  await press(page, 'Mở điểm');
  await expect(page.getByRole('status')).toContainText('Đã mở điểm. Mã của điểm là');
  await look(page, 'admin-point');
  const code = await page.locator('main > p code').innerText();
  await follow(page, 'In mã QR của điểm này');
  await expect(page.locator('svg.sheet')).toHaveCount(1);
  await expect(page.locator('svg.sheet')).toContainText(code);
  await expect(page.locator('main')).toContainText('Nhãn của một điểm: Quầy 3');
  expect((await page.goto(`${base}/s/${code}`))?.status()).toBe(200);
  await page.goto(`${base}/admin/start`);
  await expect(missing(page)).toHaveCount(4);
  await look(page, 'admin-start-begun');

  // The code is taken back: a page says what that does, and wants the name.
  await page.goto(`${base}/admin/points/ia-grai-tt`);
  await look(page, 'admin-points');
  await follow(page, 'Quầy 3 – Hộ tịch, chứng thực');
  await follow(page, 'Thu hồi mã và cấp mã mới');
  await look(page, 'admin-revoke');
  await page.getByLabel('để xác nhận').fill('Quầy 4');
  await press(page, 'Thu hồi mã và cấp mã mới');
  await expect(page.getByRole('alert')).toContainText('không trùng');
  await expect(page.getByLabel('để xác nhận')).toHaveValue('Quầy 4');
  await page.getByLabel('để xác nhận').fill('quầy 3 - hộ tịch, chứng thực');
  await press(page, 'Thu hồi mã và cấp mã mới');
  await expect(page.getByRole('status')).toContainText('Đã thu hồi mã cũ');
  await look(page, 'admin-replaced');
  const fresh = await page.locator('main > p code').innerText();
  expect(fresh).not.toBe(code);
  await expect(page.locator('main')).toContainText(`Mã cũ ${code}`);
  const gone = await page.goto(`${base}/s/${code}`);
  expect(gone?.status()).toBe(410);
  await expect(heading(page)).toHaveText('Mã này đã được thay bằng mã mới');
  await look(page, 'admin-citizen-revoked');
  expect((await page.goto(`${base}/s/${fresh}`))?.status()).toBe(200);

  // The end of a unit, by keyboard, and its way back.
  await page.goto(`${base}/admin/units/ia-grai`);
  await follow(page, 'Kết thúc đơn vị này');
  await expect(page.locator('.says')).toContainText('Trung tâm Phục vụ hành chính công xã Ia Grai');
  await look(page, 'admin-close');
  await page.getByLabel('Kết thúc cả các đơn vị bên dưới').focus();
  await page.keyboard.press('Space');
  await page.getByLabel('để xác nhận').focus();
  await page.keyboard.type('xã ia grai');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toHaveText('Đã lưu thay đổi.');
  await press(page, 'Cho hoạt động lại');
  await expect(page.getByRole('link', { name: 'Kết thúc đơn vị này' })).toBeVisible();

  // What was done stands in the trail; and all of it in English, without a script.
  await page.getByRole('link', { name: 'Nhật ký' }).click();
  await expect(page.locator('tbody')).toContainText('Thu hồi mã của điểm');
  await expect(page.locator('tbody')).toContainText('Cấp mã mới cho điểm');
  await page.goto(`${base}/admin/points/ia-grai-tt/${fresh}/revoke?lang=en`);
  await expect(heading(page)).toContainText('Replace the code of');
  await axe(page);
  const pages = ['start', 'units', 'units/ia-grai', 'units/ia-grai/close', 'points', 'points/ia-grai-tt'];
  await expectNoScript(page, { base } as never, pages.map((path) => `/admin/${path}?lang=en`));
  errors.splice(0, errors.length, ...errors.filter((line) => !/status of (4\d\d)/.test(line)));
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

import chromium from '@sparticuz/chromium'
import { serviceNames } from '@ziv/sandbox'
import puppeteer, { type Browser } from 'puppeteer-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startWorld, type World } from './security-world.fixture.ts'

let world: World
let browser: Browser

beforeAll(async () => {
  const [executablePath, started] = await Promise.all([chromium.executablePath(), startWorld(undefined, {}, 'warn')])
  world = started
  browser = await puppeteer.launch({ executablePath, args: chromium.args, headless: 'shell' })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await world?.close()
})

it('every link of the first page opens in a browser, and shows the operations of the API', async () => {
  const page = await browser.newPage()
  const failed: string[] = []
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${new URL(response.url()).pathname}`)
  })
  page.on('pageerror', (error) => failed.push(String(error)))
  await page.goto(`${world.sandbox.url}/`)
  const links = await page.$$eval('a', (all) => all.map((link) => link.href))
  const pages = links.filter((link) => link.endsWith('/doc'))
  expect(pages).toHaveLength(serviceNames.length)
  for (const link of pages) {
    await page.goto(link)
    await page.waitForSelector('.opblock-summary-path', { timeout: 20_000 })
    const operations = await page.$$eval('.opblock-summary-path', (all) => all.map((each) => each.textContent))
    expect({ link, many: operations.length > 3 }).toEqual({ link, many: true })
  }
  expect(failed).toEqual([])
}, 120_000)

it('every link of the first page answers HEAD as it answers GET', async () => {
  const page = await browser.newPage()
  await page.goto(`${world.sandbox.url}/`)
  const links = await page.$$eval('a', (all) => all.map((link) => link.href))
  for (const link of links) {
    const [head, get] = await Promise.all([fetch(link, { method: 'HEAD' }), fetch(link)])
    await get.arrayBuffer()
    expect([link, head.status]).toEqual([link, get.status])
  }
}, 60_000)

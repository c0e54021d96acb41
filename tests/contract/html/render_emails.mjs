// Renders the templates below into emails/: the HTML that MJML and react-email really write.
// `npm run emails`, then `npm run record`.
import { writeFileSync } from 'node:fs';
import * as email from '@react-email/components';
import { render } from '@react-email/render';
import mjml2html from 'mjml';
import { createElement as h, Fragment } from 'react';

const folder = new URL('emails/', import.meta.url);
const save = (name, html) => writeFileSync(new URL(`${name}.html`, folder), html);

const products = [
  ['Walnut desk & drawer', '€ 349,00', 'https://cdn.acme.test/desk.jpg?w=600&h=400'],
  ['Lamp "Aurora"', '€ 89,95', 'https://cdn.acme.test/lamp.jpg?w=600&h=400'],
  ["Ann's chair <new>", '€ 129,00', 'https://cdn.acme.test/chair.jpg'],
  ['日本の椅子 😀', '¥ 12,800', '//cdn.acme.test/isu.jpg'],
];
const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

const mjml = {
  'mjml-welcome': `<mjml><mj-head><mj-title>Welcome &amp; hello</mj-title><mj-preview>Three steps, two minutes &zwnj;</mj-preview>
    <mj-attributes><mj-all font-family="Inter, 'Segoe UI', Arial" /><mj-text color="#222" line-height="1.5" /></mj-attributes>
    <mj-font name="Inter" href="https://fonts.googleapis.com/css2?family=Inter:wght@400;700&display=swap" />
    <mj-style>.lead > a { color: #06f } @media (max-width: 480px) { .hide { display: none !important } }</mj-style>
    <mj-style inline="inline">.strong { font-weight: 700 }</mj-style></mj-head>
    <mj-body background-color="#f4f4f7"><mj-section background-url="https://cdn.acme.test/bg.png?a=1&amp;b=2" background-size="cover">
    <mj-column><mj-image alt="Acme" src="https://cdn.acme.test/logo.png" width="120px" href="https://acme.test/?utm_source=mail&amp;utm_medium=email" />
    <mj-text css-class="lead"><h1>Hi {{ subscriber.firstName }},</h1><p class="strong">welcome to <a href="https://acme.test">Acme</a> &ndash; it&rsquo;s good to have you.</p></mj-text>
    <mj-button href="https://acme.test/start?x=1&amp;y=2" background-color="#06f">Start &rarr;</mj-button><mj-divider border-color="#ddd" /></mj-column></mj-section></mj-body></mjml>`,
  'mjml-order': `<mjml><mj-head><mj-preview>Order 4711</mj-preview></mj-head><mj-body><mj-wrapper padding="20px" background-color="#fff">
    ${products.map(([name, price, image]) => `<mj-section><mj-column width="30%"><mj-image src="${escaped(image)}" alt="" srcset="${escaped(image)} 1x, ${escaped(image)}&amp;dpr=2 2x" /></mj-column>
      <mj-column width="70%"><mj-text>${escaped(name)}<br /><b>${price}</b></mj-text></mj-column></mj-section>`).join('\n')}
    <mj-section><mj-column><mj-table><tr><td>Subtotal</td><td align="right">€&nbsp;567,95</td></tr><tr><td>Total</td><td align="right"><b>€&nbsp;567,95</b></td></tr></mj-table></mj-column></mj-section></mj-wrapper></mj-body></mjml>`,
  'mjml-hero-social': `<mjml><mj-body><mj-hero mode="fixed-height" height="469px" background-width="600px" background-height="469px" background-url="https://cdn.acme.test/hero.jpg" background-color="#2a3448" padding="100px 0px">
    <mj-text color="#fff" align="center" font-size="45px" font-weight="900">GO TO SPACE</mj-text><mj-button href="tel:+4912345">CALL</mj-button></mj-hero>
    <mj-section><mj-column><mj-social font-size="15px" icon-size="30px" mode="horizontal"><mj-social-element name="facebook" href="https://acme.test/">Facebook</mj-social-element><mj-social-element name="x" href="https://acme.test/">X</mj-social-element></mj-social></mj-column></mj-section></mj-body></mjml>`,
  'mjml-carousel-accordion': `<mjml><mj-body><mj-section><mj-column><mj-carousel><mj-carousel-image src="https://cdn.acme.test/1.jpg" /><mj-carousel-image src="https://cdn.acme.test/2.jpg" /><mj-carousel-image src="https://cdn.acme.test/3.jpg" /></mj-carousel></mj-column></mj-section>
    <mj-section><mj-column><mj-accordion><mj-accordion-element><mj-accordion-title>Why?</mj-accordion-title><mj-accordion-text><span>Because.</span></mj-accordion-text></mj-accordion-element></mj-accordion></mj-column></mj-section></mj-body></mjml>`,
  'mjml-navbar-raw': `<mjml><mj-body><mj-raw><!-- kept by MJML --></mj-raw><mj-section><mj-column><mj-navbar base-url="https://acme.test" hamburger="hamburger"><mj-navbar-link href="/a" color="#000">A</mj-navbar-link><mj-navbar-link href="/b?c=1&amp;d=2" color="#000">B</mj-navbar-link></mj-navbar></mj-column></mj-section>
    <mj-section direction="rtl"><mj-group><mj-column><mj-text>שלום</mj-text></mj-column><mj-column><mj-text>مرحبا</mj-text></mj-column></mj-group></mj-section><mj-section><mj-column><mj-spacer height="40px" /><mj-text align="center">You get this because &lt;you&gt; asked. <a href="mailto:stop@acme.test?subject=stop&amp;body=now">Unsubscribe</a></mj-text></mj-column></mj-section></mj-body></mjml>`,
  'mjml-newsletter-60k': `<mjml><mj-body>${Array.from({ length: 22 }, (_, n) => `<mj-section background-color="${n % 2 ? '#fff' : '#fafafa'}"><mj-column><mj-text><h2>Story ${n + 1}</h2><p>Lorem ipsum dolor sit amet, consetetur &amp; sadipscing elitr ${'sed diam nonumy '.repeat(12)}</p></mj-text><mj-button href="https://acme.test/story/${n}?ref=mail&amp;n=${n}">Read on</mj-button></mj-column></mj-section>`).join('')}</mj-body></mjml>`,
};

const { Body, Button, CodeBlock, Column, Container, Font, Head, Heading, Hr, Html, Img, Link, Markdown, Preview, Row, Section, Tailwind, Text } = email;
const page = (preview, ...children) =>
  h(Html, { lang: 'en', dir: 'ltr' },
    h(Head, null, h(Font, { fontFamily: 'Inter', fallbackFontFamily: 'Arial', webFont: { url: 'https://cdn.acme.test/inter.woff2', format: 'woff2' } })),
    h(Preview, null, preview),
    h(Body, { style: { backgroundColor: '#fff', fontFamily: '"Inter", sans-serif' } }, h(Container, null, ...children)));

const react = {
  'react-email-sign-in': page('Your code & link', h(Heading, { as: 'h2', mx: 10 }, 'Sign in <here>'),
    h(Text, { style: { lineHeight: '24px', color: 'rgb(0, 0, 0)' } }, "It's “123-456” — valid for 10' \"minutes\"."),
    h(Button, { href: 'https://acme.test/in?code=1&next=%2F', style: { padding: '12px 20px', backgroundColor: '#5F51E8' } }, 'Sign in'), h(Hr), h(Link, { href: 'mailto:a@acme.test' }, 'a@acme.test')),
  'react-email-receipt': page('Receipt', h(Section, null, ...products.map(([name, price, image]) =>
    h(Row, { key: name }, h(Column, { style: { width: '64px' } }, h(Img, { src: image, width: 64, height: 64, alt: name })), h(Column, { align: 'right' }, h(Text, null, name, h('br'), price)))))),
  'react-email-tailwind': h(Tailwind, null, page('Tailwind', h(Section, { className: 'my-4 bg-white sm:bg-gray-100 dark:bg-black' }, h(Text, { className: 'text-[14px] leading-[24px] hover:underline' }, 'Hello')))),
  'react-email-markdown': page('Markdown', h(Markdown, null, '# Title\n\n*one* & **two** `<b>` [link](https://acme.test?a=1&b=2)\n\n- a\n- b\n\n> quote\n\n| x | y |\n|---|---|\n| 1 | 2 |\n')),
  'react-email-code': page('Code', h(CodeBlock, { code: 'if (a < b && c > d) { alert("x") }', language: 'javascript', theme: email.dracula, lineNumbers: true })),
  'react-email-fragment': h(Fragment, null, h(Text, null, 'Just a fragment'), h('div', { dangerouslySetInnerHTML: { __html: '<p>unclosed <b>bold<script>x()</script>' } })),
};

for (const [name, source] of Object.entries(mjml)) save(name, (await mjml2html(source)).html);
for (const [name, element] of Object.entries(react)) {
  save(name, await render(element));
}
for (const name of ['react-email-sign-in', 'react-email-receipt', 'react-email-tailwind']) {
  save(`${name}-pretty`, await render(react[name], { pretty: true }));
}

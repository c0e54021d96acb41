"""Emails as the tools that people use for them write them."""

from __future__ import annotations


def mjml(
    *,
    preview: str = "Your order",
    size: str = "13px",
    colour: str = "#111111",
    words: str = "Thank you, Ann.",
    link: str = "https://acme.test/o/1?utm_source=a",
    button: str = "See it",
) -> str:
    """Return an email as MJML writes it: one line, tables in tables, comments for Outlook."""
    return (
        '<!doctype html><html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>Order</title><style type="text/css">'
        "#outlook a { padding:0; } @media only screen and (min-width:480px) { .mj-column-per-100 { width:100% !important; } }"
        f'</style></head><body style="word-spacing:normal;"><div style="display:none;font-size:1px;color:#ffffff;">{preview}</div>'
        '<div lang="en"><!--[if mso | IE]><table align="center" width="600"><tr><td><![endif]--><div style="margin:0px auto;max-width:600px;">'
        '<table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;"><tbody><tr>'
        '<td style="padding:20px 0;text-align:center;"><div class="mj-column-per-100" style="font-size:0px;"><table border="0" '
        'role="presentation" width="100%"><tbody><tr><td align="center" style="font-size:0px;padding:10px 25px;">'
        f'<div style="font-family:Ubuntu, Helvetica;font-size:{size};color:{colour};">{words}</div></td></tr><tr>'
        '<td align="center" style="padding:10px"><table><tr><td align="center" bgcolor="#414141" style="border-radius:3px;">'
        f'<a href="{link}" style="display:inline-block;background:#414141;color:#fff;" target="_blank">{button}</a>'
        "</td></tr></table></td></tr></tbody></table></div></td></tr></tbody></table></div>"
        "<!--[if mso | IE]></td></tr></table><![endif]--></div></body></html>"
    )


def react_email(
    *,
    preview: str = "Welcome",
    alternative: str = "Acme",
    height: str = "40",
    picture: str = "https://cdn.test/logo.png",
    name: str = "Ann",
    heading: str = "Welcome",
    link: str = "https://acme.test/start",
    button: str = "Get started",
    foot: str = "You get this since you signed up.",
) -> str:
    """Return an email as react-email writes it: comments between texts, letters of no width in the preview."""
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
        '<html dir="ltr" lang="en"><head><meta content="text/html; charset=UTF-8" http-equiv="Content-Type"/>'
        '<meta name="x-apple-disable-message-reformatting"/></head><body style="background-color:#f6f9fc"><!--$-->'
        f'<div style="display:none;overflow:hidden;line-height:1px;opacity:0;max-height:0;max-width:0">{preview}'
        '<div>\u00a0\u200c\u200b\u200d</div></div><table align="center" width="100%" border="0" cellPadding="0" cellSpacing="0" '
        'role="presentation" style="max-width:37.5em"><tbody><tr style="width:100%"><td>'
        f'<img alt="{alternative}" height="{height}" src="{picture}" style="display:block" width="120"/>'
        f'<p style="font-size:16px;line-height:24px">Hi <!-- -->{name}<!-- -->,</p><h1 style="font-size:24px">{heading}</h1>'
        f'<a href="{link}" style="line-height:100%;text-decoration:none;display:inline-block;background-color:#656ee8;color:#fff" '
        'target="_blank"><span><!--[if mso]><i>&#8202;</i><![endif]--></span><span style="max-width:100%">'
        f'{button}</span></a><hr style="border-top:1px solid #eaeaea"/><p>{foot}</p></td></tr></tbody></table><!--/$--></body></html>'
    )


def react_code(words: str) -> str:
    """Return a sentence with words as code, as react-email writes it: once more for a program that hides the first."""
    rule = "meta ~ .cino{display:none !important}meta ~ .cio{display:block !important}"
    code = f'<code class=" cino">{words}</code><span class=" cio" style="display:none">{words}</span>'
    return f"<p>Use the code <style>{rule}</style>{code} for a free coffee.</p>"

// Emails that a provider sends instead: the fields that each takes for the subject, the HTML, the text and its own template.
"use strict";

(() => {
  const { isRecord, isPlain } = Readable;
  const { register } = Providers;
  const word = (value) => (isPlain(value) && value !== null && value !== undefined ? String(value) : "");

  const html = (value) => (isPlain(value) ? word(value) : word(value?.content));
  const escaped = (value) => `<pre style="white-space:pre-wrap;font-family:inherit">${value.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign])}</pre>`;

  // Draws the email that is sent instead, or nothing where the text of a template is at the provider.
  function email({ subject, body, text, template }) {
    return (fields, side) => {
      const given = { subject: subject && fields.has(subject) ? fields.text(subject) : side.outputs.subject };
      const markup = body && html(fields.any(body));
      const plain = text && !markup ? html(fields.any(text)) : "";
      const parts = fields.has("content") && !markup ? fields.list("content").filter(isRecord) : [];
      const part = parts.find((each) => /html/.test(word(each.type))) || parts[0];
      const own = markup || (part && /html/.test(word(part.type)) ? word(part.value) : "");
      const bare = plain || (part ? word(part.value) : "");
      if (template && fields.has(template) && !own && !bare && !(subject && given.subject !== side.outputs.subject)) return null;
      return { ...side, providers: {}, facts: {}, outputs: { ...side.outputs, ...given, body: own || (bare ? escaped(bare) : side.outputs.body) } };
    };
  }

  const mail = (name, { subject = "subject", body = "html", text = "text", template, more = {} } = {}) => ({
    name, replaces: { ...(subject ? { [subject]: "subject" } : {}), [body]: "body", [text]: "body", ...(template ? { [template]: "email" } : {}), ...more },
    email: email({ subject, body, text, template }),
  });

  register({
    sendgrid: mail("SendGrid", { template: "templateId", more: { content: "body" } }), // https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send
    mailgun: mail("Mailgun", { template: "template" }), // https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages
    mailjet: mail("Mailjet", { body: "htmlPart", text: "textPart", template: "templateId" }), // https://dev.mailjet.com/email/guides/send-api-v31/
    nodemailer: mail("Nodemailer"), // https://nodemailer.com/message/
    ses: mail("Amazon SES", { template: "templateName" }), // https://nodemailer.com/transports/ses/
    postmark: mail("Postmark", { body: "htmlBody", text: "textBody", template: "templateAlias" }), // https://postmarkapp.com/developer/api/email-api
    resend: mail("Resend", { template: "template" }), // https://resend.com/docs/api-reference/emails/send-email
    sendinblue: mail("Brevo", { body: "htmlContent", text: "textContent", template: "templateId" }), // https://developers.brevo.com/reference/sendtransacemail
    mailersend: mail("MailerSend", { template: "templateId" }), // https://developers.mailersend.com/api/v1/email.html
    mailtrap: mail("Mailtrap", { template: "templateUuid" }), // https://api-docs.mailtrap.io
    outlook365: mail("Outlook 365"), // sent by Nodemailer
    plunk: mail("Plunk", { body: "body" }), // https://docs.useplunk.com
    mandrill: mail("Mandrill", { template: "templateName" }), // https://mailchimp.com/developer/transactional/api/messages/
  });
})();

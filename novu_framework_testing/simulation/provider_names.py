"""What Novu calls the providers: an integration without a name of its own has its provider's."""

from __future__ import annotations

from novu_framework.steps.kinds import CHANNELS, KINDS

_NAMES = {
    "africas-talking": "Africa's Talking",
    "apns": "APNs",
    "appio": "AppIO",
    "brevo-sms": "Brevo",
    "bulk-sms": "BulkSMS",
    "burst-sms": "Kudosity (formerly BurstSMS)",
    "clickatell": "clickatell",
    "cm-telecom": "CM.com",
    "eazy-sms": "Eazy",
    "expo": "Expo Push",
    "fcm": "Firebase Cloud Messaging",
    "forty-six-elks": "46elks",
    "generic-sms": "SMS Webhook",
    "getstream": "GetStream",
    "grafana-on-call": "Grafana On Call Webhook",
    "imedia": "iMedia",
    "infobip-email": "Infobip",
    "infobip-sms": "Infobip",
    "isend-sms": "iSend SMS",
    "isendpro-sms": "iSendPro",
    "kannel": "Kannel SMS",
    "mailersend": "MailerSend",
    "messagebird": "MessageBird",
    "msteams": "MSTeams",
    "nodemailer": "Custom SMTP",
    "novu-sms": "Novu SMS",
    "one-signal": "OneSignal",
    "outlook365": "Microsoft Outlook365",
    "ring-central": "RingCentral",
    "rocket-chat": "Rocket.Chat",
    "sendgrid": "SendGrid",
    "sendinblue": "Brevo (formerly Sendinblue)",
    "ses": "SES",
    "simpletexting": "SimpleTexting",
    "sms-central": "SMS Central",
    "sms77": "sms77",
    "smsmode": "smsmode",
    "sns": "SNS",
    "sparkpost": "SparkPost",
    "whatsapp-business": "WhatsApp Business",
}
"""The names that are not the words of the provider's id with capitals."""


def provider_name(provider_id: str) -> str:
    """Return Novu's name of a provider; of one that it does not know, the id with a capital."""
    if (name := _NAMES.get(provider_id)) is not None:
        return name
    if any(provider_id in KINDS[channel].provider_schemas for channel in CHANNELS):
        return provider_id.replace("-", " ").title()
    return provider_id[:1].upper() + provider_id[1:]

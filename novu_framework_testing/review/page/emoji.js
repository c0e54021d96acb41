// The short names of the usual emoji, each with its sign; the sentences of the review read this file too.
"use strict";

const EMOJI_NAMES = `
smile 😄 grinning 😀 slightly_smiling_face 🙂 joy 😂 wink 😉 blush 😊 heart_eyes 😍 sunglasses 😎 thinking_face 🤔 thinking 🤔 cry 😢 sob 😭 scream 😱 rage 😡
sleeping 😴 partying_face 🥳 wave 👋 raised_hands 🙌 clap 👏 pray 🙏 muscle 💪 ok_hand 👌 point_right 👉 point_left 👈 point_up ☝️ point_down 👇 +1 👍 thumbsup 👍
-1 👎 thumbsdown 👎 eyes 👀 heart ❤️ broken_heart 💔 fire 🔥 tada 🎉 confetti_ball 🎊 gift 🎁 birthday 🎂 balloon 🎈 trophy 🏆 medal 🏅 star ⭐ star2 🌟 sparkles ✨
zap ⚡ boom 💥 100 💯 rocket 🚀 ship 🚢 airplane ✈️ car 🚗 truck 🚚 bike 🚲 package 📦 mailbox 📫 email 📧 envelope ✉️ incoming_envelope 📨 inbox_tray 📥
outbox_tray 📤 memo 📝 pencil ✏️ pencil2 ✏️ clipboard 📋 page_facing_up 📄 bookmark 🔖 link 🔗 paperclip 📎 pushpin 📌 round_pushpin 📍 calendar 📅 date 📅
spiral_calendar_pad 🗓️ alarm_clock ⏰ hourglass ⌛ hourglass_flowing_sand ⏳ stopwatch ⏱️ watch ⌚ bell 🔔 no_bell 🔕 loudspeaker 📢 mega 📣 speech_balloon 💬
thought_balloon 💭 bulb 💡 mag 🔍 key 🔑 lock 🔒 unlock 🔓 shield 🛡️ hammer 🔨 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️ computer 💻 iphone 📱 phone ☎️ camera 📷
art 🎨 moneybag 💰 dollar 💵 euro 💶 credit_card 💳 receipt 🧾 shopping_trolley 🛒 shopping_cart 🛒 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉
bar_chart 📊 house 🏠 office 🏢 earth_africa 🌍 sunny ☀️ cloud ☁️ snowflake ❄️ rain_cloud 🌧️ coffee ☕ pizza 🍕 beer 🍺 beers 🍻 white_check_mark ✅
heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ warning ⚠️ no_entry ⛔ no_entry_sign 🚫 rotating_light 🚨 exclamation ❗ heavy_exclamation_mark ❗
question ❓ information_source ℹ️ red_circle 🔴 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 large_orange_circle 🟠 white_circle ⚪
black_circle ⚫ arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrows_counterclockwise 🔄 repeat 🔁 recycle ♻️ heavy_plus_sign ➕
heavy_minus_sign ➖ new 🆕 bug 🐛 robot_face 🤖 ghost 👻 skull 💀 dog 🐶 cat 🐱 seedling 🌱 evergreen_tree 🌲 rose 🌹 bouquet 💐 rainbow 🌈 crown 👑 construction 🚧
checkered_flag 🏁 triangular_flag_on_post 🚩 lightning ⚡ dart 🎯 book 📖 books 📚 newspaper 📰 microphone 🎤 headphones 🎧 ticket 🎫 calling 📲
busts_in_silhouette 👥 bust_in_silhouette 👤 handshake 🤝 writing_hand ✍️ mailbox_with_mail 📬 file_folder 📁 open_file_folder 📂 wastebasket 🗑️
`;

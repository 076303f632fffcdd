// The emoji people use most, by Slack's names. A name that is not here stays as it was typed.
const table = `
grinning 😀 smiley 😃 smile 😄 grin 😁 laughing 😆 satisfied 😆 sweat_smile 😅 joy 😂 rofl 🤣 slightly_smiling_face 🙂 upside_down_face 🙃
wink 😉 blush 😊 innocent 😇 heart_eyes 😍 star-struck 🤩 kissing_heart 😘 yum 😋 stuck_out_tongue 😛 thinking_face 🤔 zipper_mouth_face 🤐
neutral_face 😐 expressionless 😑 smirk 😏 unamused 😒 face_with_rolling_eyes 🙄 grimacing 😬 relieved 😌 pensive 😔 sleepy 😪 sleeping 😴
mask 😷 nerd_face 🤓 sunglasses 😎 confused 😕 worried 😟 slightly_frowning_face 🙁 open_mouth 😮 astonished 😲 flushed 😳 cry 😢 sob 😭
scream 😱 disappointed 😞 sweat 😓 weary 😩 tired_face 😫 yawning_face 🥱 triumph 😤 rage 😡 angry 😠 exploding_head 🤯 partying_face 🥳
hugging_face 🤗 shushing_face 🤫 saluting_face 🫡 melting_face 🫠 ghost 👻 robot_face 🤖 skull 💀 poop 💩 see_no_evil 🙈
wave 👋 raised_hand ✋ ok_hand 👌 v ✌️ crossed_fingers 🤞 point_left 👈 point_right 👉 point_up_2 👆 point_down 👇 point_up ☝️
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 fist ✊ clap 👏 raised_hands 🙌 open_hands 👐 handshake 🤝 pray 🙏 writing_hand ✍️ muscle 💪
eyes 👀 eye 👁️ brain 🧠 speech_balloon 💬 thought_balloon 💭 zzz 💤 bust_in_silhouette 👤 busts_in_silhouette 👥 shrug 🤷 facepalm 🤦
heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 broken_heart 💔 sparkling_heart 💖 100 💯 boom 💥
dog 🐶 cat 🐱 turtle 🐢 rabbit 🐰 fox_face 🦊 bear 🐻 unicorn_face 🦄 bee 🐝 snail 🐌 seedling 🌱 evergreen_tree 🌲 four_leaf_clover 🍀 sunflower 🌻
sunny ☀️ partly_sunny ⛅ cloud ☁️ rain_cloud 🌧️ snowflake ❄️ zap ⚡ fire 🔥 droplet 💧 ocean 🌊 rainbow 🌈 star ⭐ star2 🌟 sparkles ✨ crescent_moon 🌙
earth_africa 🌍 earth_americas 🌎 earth_asia 🌏 apple 🍎 lemon 🍋 pizza 🍕 cake 🍰 birthday 🎂 cookie 🍪 coffee ☕ tea 🍵 beer 🍺 beers 🍻 champagne 🍾
soccer ⚽ trophy 🏆 medal 🏅 first_place_medal 🥇 second_place_medal 🥈 third_place_medal 🥉 dart 🎯 game_die 🎲 art 🎨 tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁
car 🚗 bus 🚌 train 🚋 airplane ✈️ rocket 🚀 ship 🚢 bike 🚲 construction 🚧 rotating_light 🚨 traffic_light 🚥 vertical_traffic_light 🚦 world_map 🗺️ house 🏠 office 🏢
watch ⌚ alarm_clock ⏰ stopwatch ⏱️ hourglass ⌛ hourglass_flowing_sand ⏳ calendar 📅 date 📅 spiral_calendar_pad 🗓️ clock9 🕘 iphone 📱 computer 💻 keyboard ⌨️ battery 🔋
bulb 💡 flashlight 🔦 moneybag 💰 credit_card 💳 gem 💎 wrench 🔧 hammer 🔨 hammer_and_wrench 🛠️ gear ⚙️ nut_and_bolt 🔩 link 🔗 paperclip 📎 scissors ✂️ pushpin 📌 round_pushpin 📍
envelope ✉️ email 📧 incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤 package 📦 mailbox 📫 memo 📝 pencil 📝 pencil2 ✏️ newspaper 📰 book 📖 books 📚 bookmark 🔖 clipboard 📋
file_folder 📁 open_file_folder 📂 card_index_dividers 🗂️ chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 mag 🔍 mag_right 🔎 lock 🔒 unlock 🔓 key 🔑 shield 🛡️
bell 🔔 no_bell 🔕 loudspeaker 📢 mega 📣 microphone 🎤 headphones 🎧 musical_note 🎵 camera 📷 movie_camera 🎥 tv 📺 telephone_receiver 📞 satellite_antenna 📡 test_tube 🧪
warning ⚠️ no_entry ⛔ no_entry_sign 🚫 x ❌ negative_squared_cross_mark ❎ white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ question ❓ grey_question ❔ exclamation ❗ bangbang ‼️
heavy_plus_sign ➕ heavy_minus_sign ➖ arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_upper_right ↗️ arrow_lower_right ↘️ arrows_counterclockwise 🔄 leftwards_arrow_with_hook ↩️
repeat 🔁 fast_forward ⏩ rewind ⏪ arrow_forward ▶️ double_vertical_bar ⏸️ black_square_for_stop ⏹️ information_source ℹ️ recycle ♻️ sos 🆘 new 🆕 free 🆓 cool 🆒 ok 🆗 up 🆙
red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫ large_blue_square 🟦 large_green_square 🟩
zero 0️⃣ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟 checkered_flag 🏁 triangular_flag_on_post 🚩 white_flag 🏳️ stop_sign 🛑
small_blue_diamond 🔹 small_orange_diamond 🔸 black_small_square ▪️ white_small_square ▫️ wheelchair ♿ technologist 🧑‍💻 runner 🏃 walking 🚶 dancer 💃 man-raising-hand 🙋‍♂️ woman-raising-hand 🙋‍♀️ raising_hand 🙋
de 🇩🇪 us 🇺🇸 gb 🇬🇧 uk 🇬🇧 fr 🇫🇷 es 🇪🇸 it 🇮🇹 eu 🇪🇺 flag-in 🇮🇳 flag-nz 🇳🇿 flag-at 🇦🇹 flag-ch 🇨🇭 flag-nl 🇳🇱 flag-pl 🇵🇱`;

const words = table.trim().split(/\s+/);
const emoji = new Map();
for (let i = 0; i + 1 < words.length; i += 2) emoji.set(words[i], words[i + 1]);

const tones = ["🏻", "🏼", "🏽", "🏾", "🏿"];

// emojiOf is the character for a name such as "wave" or "wave::skin-tone-3", or "" for an unknown one.
export function emojiOf(name) {
  const [base, tone] = String(name).split("::skin-tone-");
  const found = emoji.get(base) || "";
  return found && tone ? found.replace(/\uFE0F$/, "") + (tones[tone - 2] || "") : found;
}

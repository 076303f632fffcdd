package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// likelyZones are offered in the form, one for each place that people look for; typing takes every IANA
// name. Slack takes 100 options.
var likelyZones = []string{
	"Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Phoenix", "America/Denver", "America/Mexico_City",
	"America/Chicago", "America/Bogota", "America/New_York", "America/Toronto", "America/Halifax", "America/Santiago",
	"America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/St_Johns", "Atlantic/Azores", "UTC", "Europe/Lisbon",
	"Europe/Dublin", "Europe/London", "Africa/Lagos", "Europe/Amsterdam", "Europe/Berlin", "Europe/Brussels", "Europe/Copenhagen",
	"Europe/Madrid", "Europe/Oslo", "Europe/Paris", "Europe/Prague", "Europe/Rome", "Europe/Stockholm", "Europe/Vienna",
	"Europe/Warsaw", "Europe/Zurich", "Africa/Cairo", "Africa/Johannesburg", "Asia/Jerusalem", "Europe/Athens", "Europe/Bucharest",
	"Europe/Helsinki", "Europe/Kyiv", "Europe/Istanbul", "Africa/Nairobi", "Asia/Riyadh", "Asia/Dubai", "Asia/Karachi",
	"Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Bangkok", "Asia/Jakarta", "Asia/Ho_Chi_Minh", "Asia/Hong_Kong",
	"Asia/Kuala_Lumpur", "Asia/Manila", "Asia/Shanghai", "Asia/Singapore", "Asia/Taipei", "Australia/Perth", "Asia/Seoul",
	"Asia/Tokyo", "Australia/Adelaide", "Australia/Brisbane", "Australia/Melbourne", "Australia/Sydney", "Pacific/Auckland",
}

// followSlack is the choice of the zone of the Slack profile.
const followSlack = "slack"

// settings shows the form, or changes what was typed.
func (b *Bot) settings(ctx context.Context, r Request, args []string) Reply {
	s, err := b.book.Standing(ctx, who(r), r.At, 0)
	if err != nil {
		return b.failed(r, typed(r), err)
	}
	m := s.Member
	if len(args) == 0 {
		return b.settingsForm(r, m)
	}
	want := quota.Settings{Workdays: m.Workdays}
	if m.ZoneChosen {
		want.Zone = m.Zone
	}
	for len(args) > 0 {
		if len(args) == 1 {
			return say("Write what to change and to what: `%s settings zone Europe/Berlin` or `%s settings days mon-fri`.", b.names.Main, b.names.Main)
		}
		switch strings.ToLower(args[0]) {
		case "zone":
			zone, wrong := parseZone(args[1])
			if wrong != "" {
				return say("%s Nothing changed.", wrong)
			}
			want.Zone = zone
		case "days":
			days, wrong := parseDays(args[1])
			if wrong != "" {
				return say("%s Nothing changed.", wrong)
			}
			want.Workdays = days
		default:
			return say("I don't know the setting %s. There are `zone` and `days`: `%s settings zone Europe/Berlin`. Nothing changed.", echo(args[0]), b.names.Main)
		}
		args = args[2:]
	}
	return b.set(ctx, r, want)
}

func (b *Bot) set(ctx context.Context, r Request, want quota.Settings) Reply {
	m, err := b.book.Set(ctx, who(r), r.ID, r.At, want)
	if err != nil {
		return b.failed(r, typed(r), err)
	}
	zone := b.book.Zone(m.Zone)
	from := ", your own choice"
	if !m.ZoneChosen {
		from = ", from your Slack profile"
	}
	return say("Saved. Time zone: %s%s; it is %s there. Working days: %s. The week still turns on Monday 00:00 UTC, which is %s for you.",
		zone, from, r.At.In(zone).Format("Mon 15:04"), look.Weekdays(m.Workdays), quota.WeekOf(r.At).End().In(zone).Format("Mon 15:04"))
}

// parseZone reads an IANA name in any case, or "slack" for the zone of the Slack profile, which is "".
func parseZone(word string) (string, slip) {
	if strings.EqualFold(word, followSlack) {
		return "", ""
	}
	if i := slices.IndexFunc(likelyZones, func(z string) bool { return strings.EqualFold(z, word) }); i >= 0 {
		return likelyZones[i], ""
	}
	if z, err := time.LoadLocation(word); err == nil && word != "" && !strings.EqualFold(word, "local") {
		return z.String(), ""
	}
	for _, z := range likelyZones {
		if _, city, _ := strings.Cut(z, "/"); strings.EqualFold(strings.ReplaceAll(city, "_", ""), strings.ReplaceAll(word, "_", "")) {
			return "", slipf("I need the whole name of the zone: did you mean `%s`?", z)
		}
	}
	return "", slipf("%s is not a time zone I know. Write it like `Europe/Berlin` or `America/New_York`, or `slack` to follow your Slack profile.", echo(word))
}

// parseDays reads "mon-fri" or "mon,wed,fri".
func parseDays(word string) (quota.Workdays, slip) {
	var days quota.Workdays
	for _, part := range strings.Split(strings.ToLower(word), ",") {
		first, last, ranged := strings.Cut(part, "-")
		a, ok := weekdayWords[first]
		z, ok2 := weekdayWords[last]
		if !ok || ranged && !ok2 {
			return 0, slipf("I can't read %s as days. Write them like `mon-fri` or `mon,wed,fri`, without spaces.", echo(word))
		}
		days |= 1 << a
		for d := a; ranged && d != z; {
			d = (d + 1) % 7
			days |= 1 << d
		}
	}
	return days, ""
}

func (b *Bot) settingsForm(r Request, m quota.Member) Reply {
	own := "Follow my Slack profile"
	if !m.ZoneChosen && m.Zone != "" {
		own += " (" + m.Zone + ")"
	}
	options := []*slack.OptionBlockObject{slack.NewOptionBlockObject(followSlack, plain(own), nil)}
	chosen := options[0]
	zones := likelyZones
	if m.ZoneChosen && !slices.Contains(zones, m.Zone) {
		zones = append([]string{m.Zone}, zones...)
	}
	for _, z := range zones {
		o := slack.NewOptionBlockObject(z, plain(strings.ReplaceAll(z, "_", " ")), nil)
		options = append(options, o)
		if m.ZoneChosen && z == m.Zone {
			chosen = o
		}
	}
	zone := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "zone", options...)
	zone.InitialOption = chosen
	var days, on []*slack.OptionBlockObject
	for i := range 7 {
		d := time.Weekday((i + 1) % 7)
		o := slack.NewOptionBlockObject(strings.ToLower(d.String()[:3]), plain(d.String()), nil)
		days = append(days, o)
		if m.Workdays.Has(d) {
			on = append(on, o)
		}
	}
	boxes := slack.NewCheckboxGroupsBlockElement("days", days...)
	boxes.InitialOptions = on
	from := "your own choice"
	if !m.ZoneChosen {
		from = "from your Slack profile"
	}
	out := say("Your time zone: %s, %s. Working days: %s. Change them with `%s settings zone Europe/Berlin` and `%s settings days mon-fri`.",
		b.book.Zone(m.Zone), from, look.Weekdays(m.Workdays), b.names.Main, b.names.Main)
	if placeOf(r) == onCard {
		out = reply(look.Sentences([]string{out.Text}, look.Button{Label: "Open the form", Action: "settings", Value: value(r, onCard, "settings")}))
	}
	out.Modal = form(r, placeOf(r), settingsCallback, "Your settings", "Save",
		input("zone", "Time zone", "Days, and the times you read, follow it. Any other zone: type "+b.names.Main+" settings zone NAME.", zone),
		input("days", "Working days", "Plans spread what is left over these.", boxes))
	return out
}

func (b *Bot) submitSettings(ctx context.Context, r Request, f Form) Reply {
	zone, bad := parseZone(f.first("zone"))
	if bad != "" {
		return wrong("zone", unmarked(string(bad)))
	}
	days, bad := parseDays(strings.Join(f.Values["days"], ","))
	if bad != "" {
		return wrong("days", "Choose at least one day.")
	}
	out := b.set(ctx, r, quota.Settings{Zone: zone, Workdays: days})
	return b.settled(out, "Settings", "zone")
}

// settled ends a form with a notice of what was saved, or keeps it open with what went wrong.
func (b *Bot) settled(out Reply, title, block string) Reply {
	if out.Err != nil {
		return b.unsaved(out, block)
	}
	return Reply{Text: out.Text, Modal: notice(title, out.Blocks)}
}

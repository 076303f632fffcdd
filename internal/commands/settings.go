package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// settings shows the form, or changes what was typed.
func (b *Bot) settings(ctx context.Context, r Request, args []string) Reply {
	p, err := b.role(ctx, r)
	if err != nil {
		return b.unread(r, err)
	}
	s, err := b.book.Standing(ctx, who(r), r.At)
	switch {
	case err != nil:
		return b.unread(r, err)
	case !p.onTeam():
		return b.outsider(ctx, r, p, args)
	case len(args) == 0:
		return b.settingsForm(r, p, s)
	}
	want := wanted{Account: s.Member.Account, Wishes: quota.WishesOf(s.Member)}
	want.Workdays = s.Member.Workdays
	if s.Member.ZoneChosen {
		want.Zone = s.Member.Zone
	}
	if no := b.parseSettings(args, p, s, &want); no != "" {
		return say("%s Nothing changed.", no)
	}
	out, no, err := b.saveSettings(ctx, r, s, want)
	return b.answered(ctx, r, out, no, err)
}

// wanted is all that a member may choose.
type wanted struct {
	quota.Settings
	quota.Account
	quota.Wishes

	about setting // what was asked for: it is answered first
}

// A setting is a part of the settings.
type setting uint8

const (
	someSettings setting = iota
	accountSetting
	wishSetting
)

// saveSettings saves what a member wants. The account goes first: it can be refused, and then nothing is saved. The
// wishes go last: when a message comes follows from everything before.
func (b *Bot) saveSettings(ctx context.Context, r Request, s quota.Standing, w wanted) (Reply, slip, error) {
	if w.Account != s.Member.Account {
		_, err := b.book.SetAccount(ctx, who(r), r.ID+"/account", r.At, quota.Order{Team: s.Member.Team, Reason: bySelf}, r.User, w.Account)
		if errors.Is(err, quota.ErrNotOnTeam) {
			return Reply{}, "", err
		}
		if no := refusedAccount(err); no != "" {
			return Reply{}, no, nil
		}
		if err != nil {
			return Reply{}, "", err
		}
	}
	if _, err := b.book.Set(ctx, who(r), r.ID, r.At, w.Settings); err != nil {
		return Reply{}, "", err
	}
	m, err := b.book.Wish(ctx, who(r), r.ID+"/wishes", r.At, w.Wishes)
	if err != nil {
		return Reply{}, "", err
	}
	return b.settled(r, quota.Rules{Terms: s.Terms, Member: m}, s.Member, w.about), "", nil
}

// parseSettings reads "zone NAME", "days …", "account …", "quiet …" and which messages are wanted, each at most once,
// in any order.
func (b *Bot) parseSettings(args []string, p role, s quota.Standing, w *wanted) (no slip) {
	parts, no := parts(args, settingWords(), "the setting ")
	if no != "" {
		return slipf("%s There are `zone`, `days`, `account`, `quiet`, `checkin`, `recap` and `cram`: `%s settings zone Europe/Berlin`.", no, b.names.Main)
	}
	if no := b.parseWishes(parts, p, &w.Wishes); no != "" {
		return no
	}
	zone, zoned := parts["zone"]
	days, dated := parts["days"]
	account, accounted := parts["account"]
	switch {
	case zoned || dated:
	case accounted:
		w.about = accountSetting
	default:
		w.about = wishSetting
	}
	if accounted {
		rest, no := parseAccount(account, &w.Account, s.At, s.Zone)
		if no == "" && len(rest) > 0 {
			no = slipf("I can't read %s. Write an account like `%s settings account sales-navigator billing 14 new since 2026-11-16`.", echo(rest[0]), b.names.Main)
		}
		if no != "" {
			return no
		}
	}
	if zoned && len(zone) == 0 || dated && len(days) == 0 {
		return slipf("Write what to change and to what: `%s settings zone Europe/Berlin` or `%s settings days mon-fri`.", b.names.Main, b.names.Main)
	}
	if zoned {
		w.Zone, no = parseZone(strings.Join(zone, "_"))
	}
	if dated && no == "" {
		w.Workdays, no = parseDays(strings.Join(days, " "))
	}
	return no
}

// settled says what is set now, what was asked for first; of the messages that a member wants only what is unusual or
// changed.
func (b *Bot) settled(r Request, rules quota.Rules, was quota.Member, about setting) Reply {
	m := rules.Member
	zone := b.book.Zone(m.Zone)
	days := []string{fmt.Sprintf("Time zone: %s, %s; it is %s there. Working days: %s. The week still turns on Monday 00:00 UTC, which is %s for you.",
		zone, zoneFrom(m), r.At.In(zone).Format("Mon 15:04"), look.Weekdays(m.Workdays), quota.WeekOf(r.At).End().In(zone).Format("Mon 15:04"))}
	account, wishes := look.AccountOf(rules, r.At), wishLines(m, was)
	if account == nil && was.Account.String() != "" {
		account = []string{"Account: not said."}
	}
	lines := slices.Concat(days, account, wishes)
	switch about {
	case accountSetting:
		lines = slices.Concat(account, days, wishes)
	case wishSetting:
		lines = slices.Concat(wishes, days, account)
	}
	return reply(look.Sentences(append([]string{"Saved."}, lines...)))
}

func zoneFrom(m quota.Member) string {
	switch {
	case m.ZoneChosen:
		return "your own choice"
	case m.Zone == "":
		return "since Slack has not told me yours yet"
	}
	return "from your Slack profile"
}

// parseDays reads "mon-fri", "mon,wed,fri" and the forms in which days are shown: "Mon to Fri", "Mon, Wed
// and Fri".
func parseDays(text string) (quota.Workdays, slip) {
	low := strings.NewReplacer(" to ", "-", "–", "-", " - ", "-", " and ", ",").Replace(strings.ToLower(text))
	var days quota.Workdays
	for _, part := range strings.FieldsFunc(low, func(c rune) bool { return c == ',' || c == ' ' }) {
		first, last, ranged := strings.Cut(part, "-")
		a, ok := weekdayWords[first]
		z, ok2 := weekdayWords[last]
		if !ok || ranged && !ok2 {
			days = 0
			break
		}
		days |= 1 << a
		for d := a; ranged && d != z; {
			d = (d + 1) % 7
			days |= 1 << d
		}
	}
	if days == 0 {
		return 0, slipf("I can't read %s as days. Write them like `mon-fri` or `mon,wed,fri`.", echo(text))
	}
	return days, ""
}

func (b *Bot) settingsForm(r Request, p role, s quota.Standing) Reply {
	m := s.Member
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
	account := "Account: not said."
	if known := look.AccountOf(s.Rules, r.At); known != nil {
		account = strings.Join(known, " ")
	}
	out := b.typing(r, "Your time zone: "+b.book.Zone(m.Zone).String()+", "+zoneFrom(m)+". Working days: "+look.Weekdays(m.Workdays)+". "+account+
		" Change them with `{main} settings zone Europe/Berlin`, `{main} settings days mon-fri` and `{main} settings account sales-navigator`; messages with `{main} settings quiet 18:00-09:00`, `checkin on`, `recap on` and `cram on`.", "settings")
	out.Modal = form(r, settingsCallback, "Your settings", "Save", nil, append([]slack.Block{
		input("zone", "Time zone", "Days, and the times you read, follow it. Any other zone: type "+b.names.Main+" settings zone NAME.", zone),
		input("days", "Working days", "Plans spread what is left over these.", boxes),
	}, slices.Concat(accountInputs(s.Rules), wishInputs(p, m))...)...)
	return out
}

func (b *Bot) submitSettings(ctx context.Context, r Request, f Form) Reply {
	zone, no := parseZone(f.first("zone"))
	if no != "" {
		return wrong("zone", no)
	}
	days, no := parseDays(strings.Join(f.Values["days"], ","))
	if no != "" {
		return wrong("days", "Choose at least one day.")
	}
	s, err := b.book.Standing(ctx, who(r), r.At)
	if err != nil {
		return unsaved(r, "zone", err)
	}
	want := wanted{Settings: quota.Settings{Zone: zone, Workdays: days}, Account: s.Member.Account, Wishes: quota.WishesOf(s.Member)}
	if field, no := readWishes(f, &want.Wishes); no != "" {
		return wrong(field, no)
	}
	if field, no := readAccount(f, &want.Account, r.At); no != "" {
		return wrong(field, no)
	}
	out, no, err := b.saveSettings(ctx, r, s, want)
	if refused := b.refusal(ctx, r, err); err != nil && refused != "" {
		return wrong("zone", refused)
	}
	return formed(r, "Settings", "new", out, no, err)
}

// noticed ends a form with a notice of what was saved.
func noticed(title string, out Reply) Reply {
	return Reply{Text: out.Text, Modal: notice(title, out.Blocks)}
}

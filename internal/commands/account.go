package commands

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// accountWords are the words for types of accounts, as plainly returns them.
var accountWords = map[string]quota.AccountType{
	"free": quota.Free, "basic": quota.Free,
	"premiumcareer": quota.PremiumCareer, "career": quota.PremiumCareer,
	"premiumbusiness": quota.PremiumBusiness, "businessplus": quota.PremiumBusiness, "business": quota.PremiumBusiness,
	"salesnavigator": quota.SalesNavigator, "salesnav": quota.SalesNavigator, "navigator": quota.SalesNavigator,
	"recruiterlite": quota.RecruiterLite, "recruiter": quota.Recruiter,
	"recruitercorporate": quota.RecruiterCorp, "recruitercorp": quota.RecruiterCorp,
	unsaidAccount: quota.UnknownAccount,
}

// unsaidAccount takes a type back.
const unsaidAccount = "unknown"

// bySelf is the reason that stands with what members say of their own account.
const bySelf = "said by the member"

// accountNames are the words for types of accounts as answers show them.
func accountNames() (names []string) {
	for _, t := range quota.AccountTypes() {
		names = append(names, t.String())
	}
	return names
}

// parseAccount reads "[TYPE] [billing DAY] [new [since DAY] | not new]" in any order into an account, up to the
// first word that is none of it, and returns what stands from there on.
func parseAccount(words []string, a *quota.Account, at time.Time, zone *time.Location) (rest []string, no slip) {
	read := map[string]bool{}
	for len(words) > 0 && no == "" {
		part, n := accountPart(words, quota.DayOf(at, zone))
		if part == "" || read[part] {
			break
		}
		read[part] = true
		switch part {
		case "type":
			a.Type = accountWords[plainly(words[:n])]
		case "billing":
			a.Billing, no = readBilling(words[n-1])
		case "not new":
			a.New, read["new"] = time.Time{}, true
		case "new":
			read["not new"] = true
			a.New, no = readNew(words[1:n], a.New, at, zone)
		}
		words = words[n:]
	}
	if no == "" && len(read) == 0 {
		no = slipf("%s `%s`, or `%s` if it was said by mistake.", unknownAccount(words), strings.Join(accountNames(), "`, `"), unsaidAccount)
	}
	return words, no
}

// unknownAccount says that some words name no account.
func unknownAccount(words []string) slip {
	const list = "Say which account it is:"
	switch {
	case len(words) == 0:
		return list
	case plainly(words[:1]) == "premium":
		return "There are two of that name, `premium-career` and `premium-business`. " + list
	}
	if n, ok := nearest(bare(words[0]), accountNames()); ok {
		return slipf("I don't know the account %s. Did you mean `%s`? There are", echo(words[0]), n)
	}
	return slipf("I don't know the account %s. There are", echo(words[0]))
}

// accountPart tells which part of an account some words begin with, and how many of them it takes.
func accountPart(words []string, today quota.Day) (part string, n int) {
	for n := min(2, len(words)); n > 0; n-- {
		if _, ok := accountWords[plainly(words[:n])]; ok {
			return "type", n
		}
	}
	second := ""
	if len(words) > 1 {
		second = bare(words[1])
	}
	switch first := bare(words[0]); {
	case first == "billing" && second == "day":
		return "billing", min(3, len(words))
	case first == "billing":
		return "billing", min(2, len(words))
	case first == "not" && second == "new":
		return "not new", 2
	case first == "new" && second == "since":
		_, n := calendar{today}.back(words[2:])
		return "new", 2 + n
	case first == "new":
		return "new", 1
	}
	return "", 0
}

// readBilling reads the day of the month on which an account is billed.
func readBilling(word string) (uint8, slip) {
	n, err := strconv.ParseUint(bare(word), 10, 8)
	if err != nil || n < 1 || n > 31 {
		return 0, "The billing day is a day of the month, 1 to 31, as in `billing 14`."
	}
	return uint8(n), ""
}

// readNew reads since when an account is new: "since DAY", or nothing for what it was before, else today.
func readNew(words []string, was, at time.Time, zone *time.Location) (time.Time, slip) {
	today := quota.DayOf(at, time.UTC)
	if len(words) == 0 {
		if was.IsZero() {
			was = today.In(time.UTC, 0, 0)
		}
		return was, ""
	}
	local := quota.DayOf(at, zone)
	switch d, n := (calendar{local}).back(words[1:]); {
	case n == 0:
		return was, "I can't read the day behind `since`. Write a date as `new since 2026-11-16`."
	case d > local:
		return was, "That day has not come yet. Write when the account began, as in `new since 2026-11-16`."
	case d < local-quota.MaxBack:
		return was, "A warm-up takes 4 weeks, so an account of that age is not new any more. Leave `new` out."
	default:
		return min(d, today).In(time.UTC, 0, 0), ""
	}
}

// refusedAccount says in words why an account was refused, or "" for another error or none.
func refusedAccount(err error) slip {
	var future quota.InFuture
	switch {
	case errors.Is(err, quota.ErrWasRestricted):
		return slipf("LinkedIn has restricted this account before, so it does not count as new: for %d days after a restriction half the usual number holds instead.", quota.Recovery/(24*time.Hour))
	case errors.As(err, &future):
		return "That day has not come yet."
	}
	return gone(err)
}

// typedAccount reads "@ana TYPE [billing DAY] [new [since DAY] | not new] why".
func (b *Bot) typedAccount(ctx context.Context, r Request, words []string) (Reply, slip, error) {
	usage := b.names.Main + ` team account @ana sales-navigator "why"`
	m, t, no, err := b.ofTeam(ctx, r, words, usage)
	if no != "" || err != nil {
		return Reply{}, no, err
	}
	a := m.Account
	rest, no := parseAccount(words[1:], &a, r.At, b.zone(ctx, r))
	if no != "" {
		return Reply{}, no, nil
	}
	reason, no := readReason(rest, line(b.names.Main, "team account", typedName(m), retyped(r, words[1:], ""), `"why"`))
	if no != "" {
		return Reply{}, no, nil
	}
	h, err := b.house(ctx, r, t)
	if err != nil {
		return Reply{}, "", err
	}
	g, err := b.book.SetAccount(ctx, who(r), r.ID, r.At, quota.Order{Team: t.ID, Reason: reason}, m.ID, a)
	if no := refusedAccount(err); no != "" {
		return Reply{}, no, nil
	}
	switch {
	case err != nil:
		return Reply{}, "", err
	case g.Deed.Seq == 0:
		return say("%s's account is like that already. Nothing changed.", h.Called(m.ID)), "", nil
	}
	h.Team = g.Team
	return reply(look.AccountChanged(h, g, b.names, rulesButton(r, t))), "", nil
}

// accountInputs are the fields of a form for the account of a member who lives by rules.
func accountInputs(rules quota.Rules) []slack.Block {
	a := rules.Member.Account
	options := []*slack.OptionBlockObject{slack.NewOptionBlockObject(unsaidAccount, plain("I'd rather not say"), nil)}
	chosen := options[0]
	for _, t := range quota.AccountTypes() {
		o := slack.NewOptionBlockObject(t.String(), plain(look.AccountName(t)), nil)
		options = append(options, o)
		if t == a.Type {
			chosen = o
		}
	}
	kind := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "account", options...)
	kind.InitialOption = chosen
	box := slack.NewOptionBlockObject("new", plain("This account is new ("+warmUp(rules.Preset())+")"), nil)
	boxes := slack.NewCheckboxGroupsBlockElement("new", box)
	if !a.New.IsZero() {
		boxes.InitialOptions = []*slack.OptionBlockObject{box}
	}
	began := input("new", "New account", "Counted from the first save with this box. Not after a restriction: slower weeks follow one anyway.", boxes)
	began.Optional = true
	day := slack.NewNumberInputBlockElement(plain("14"), "billing", false)
	day.MinValue, day.MaxValue = "1", "31"
	if a.Billing != 0 {
		day.InitialValue = strconv.Itoa(int(a.Billing))
	}
	billing := input("billing", "Billing day of the month", "For InMail credits, which come each month. Leave it empty if you don't know.", day)
	billing.Optional = true
	return []slack.Block{input("account", "LinkedIn account", "It says how many InMails and notes you have a month.", kind), began, billing}
}

// warmUp is the warm-up of a preset in short: "warm-up: 25, 40, 55, 75 a week".
func warmUp(p *quota.Preset) string {
	l, ok := p.Find(quota.RampName)
	if !ok {
		return "the preset in force has no warm-up"
	}
	var steps []string
	for _, n := range l.Steps {
		steps = append(steps, strconv.Itoa(n))
	}
	return "warm-up: " + strings.Join(steps, ", ") + " a week"
}

// readAccount reads those fields into an account. A form without them leaves it as it is.
func readAccount(f Form, a *quota.Account, at time.Time) (field string, no slip) {
	word := f.first("account")
	if word == "" {
		return "", ""
	}
	a.Type = accountWords[plainly([]string{word})]
	if word != unsaidAccount && a.Type == quota.UnknownAccount {
		return "account", "Choose an account from the list."
	}
	a.Billing = 0
	if d := f.first("billing"); d != "" {
		if a.Billing, no = readBilling(d); no != "" {
			return "billing", "Write a day of the month, 1 to 31, or leave it empty."
		}
	}
	if !slices.Contains(f.Values["new"], "new") {
		a.New = time.Time{}
		return "", ""
	}
	a.New, no = readNew(nil, a.New, at, time.UTC)
	return "new", no
}

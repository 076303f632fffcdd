package main

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/kelseyhightower/envconfig"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/look"
)

// config is what the environment says. The README's table is made from these tags.
type config struct {
	BotToken      string   `envconfig:"SLACK_BOT_TOKEN" desc:"Bot token of the Slack app (xoxb-…). Required."`
	AppToken      string   `envconfig:"SLACK_APP_TOKEN" desc:"App-level token (xapp-…) with connections:write. Set: Socket Mode."`
	SigningSecret string   `envconfig:"SLACK_SIGNING_SECRET" desc:"Signing secret of the Slack app. Set: signed HTTP at /slack/… on PACELINE_ADDR."`
	APIURL        string   `envconfig:"SLACK_API_URL" default:"https://slack.com/api/" desc:"Slack's Web API, or a server that speaks it."`
	Store         string   `envconfig:"PACELINE_STORE" default:"bolt:paceline.db" desc:"Where entries are kept: bolt:FILE, or mem: to forget them on exit."`
	Addr          string   `envconfig:"PACELINE_ADDR" default:":8080" desc:"Address for /healthz, /readyz and Slack's requests."`
	Channel       string   `envconfig:"PACELINE_CHANNEL" desc:"Channel id (C…) of the first team, made at start if no team has the channel."`
	Admins        []string `envconfig:"PACELINE_ADMINS" desc:"User ids (U…, with commas) who may set up teams, besides the workspace's owners and admins."`
	Command       string   `envconfig:"PACELINE_COMMAND" default:"/paceline" desc:"Name of the main slash command, as in the app's manifest."`
	Short         []string `envconfig:"PACELINE_SHORT" default:"/sent,/budget" desc:"Names of the two short commands: to log, and to see what is left."`
	LogLevel      string   `envconfig:"PACELINE_LOG_LEVEL" default:"info" desc:"debug, info, warn or error."`
	LogFormat     string   `envconfig:"PACELINE_LOG_FORMAT" default:"text" desc:"text or json."`
}

// problems is everything that is wrong with a configuration, told at once.
type problems []string

func (p problems) Error() string {
	return "the configuration needs mending:\n  - " + strings.Join(p, "\n  - ")
}

var (
	slackID     = regexp.MustCompile(`^[A-Z][A-Z0-9]{2,}$`)
	commandName = regexp.MustCompile(`^/[a-z0-9_-]{1,31}$`)
)

// readConfig reads the environment. Its error is problems.
func readConfig() (config, error) {
	var c config
	if err := envconfig.Process("", &c); err != nil {
		return c, problems{err.Error()}
	}
	for _, list := range [][]string{c.Admins, c.Short} {
		for i := range list {
			list[i] = strings.TrimSpace(list[i])
		}
	}
	if p := c.problems(); len(p) > 0 {
		return c, p
	}
	return c, nil
}

func (c config) problems() (p problems) {
	add := func(format string, args ...any) { p = append(p, fmt.Sprintf(format, args...)) }
	switch {
	case c.BotToken == "":
		add("SLACK_BOT_TOKEN is missing: copy the Bot User OAuth Token (xoxb-…) from your Slack app, under OAuth & Permissions")
	case strings.HasPrefix(c.BotToken, "xapp-"):
		add("SLACK_BOT_TOKEN holds an app-level token (xapp-…): that one belongs in SLACK_APP_TOKEN; the bot token begins with xoxb-")
	}
	if strings.HasPrefix(c.AppToken, "xoxb-") {
		add("SLACK_APP_TOKEN holds a bot token (xoxb-…): that one belongs in SLACK_BOT_TOKEN; the app-level token begins with xapp-")
	}
	if c.AppToken == "" && c.SigningSecret == "" {
		add("neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set: set the first for Socket Mode (no public address needed), or the second for HTTP")
	}
	if u, err := url.Parse(c.APIURL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		add("SLACK_API_URL is %q: use an http or https address, such as https://slack.com/api/, or leave it out", c.APIURL)
	}
	if p := storeProblem(c.Store); p != "" {
		add("PACELINE_STORE %s", p)
	}
	if _, port, err := net.SplitHostPort(c.Addr); err != nil || port == "" {
		add("PACELINE_ADDR is %q: use HOST:PORT or :PORT, such as :8080", c.Addr)
	}
	if c.Channel != "" && !slackID.MatchString(c.Channel) {
		add("PACELINE_CHANNEL is %q: use the channel's id, such as C0123456789; it stands at the end of the channel's details in Slack", c.Channel)
	}
	for _, a := range c.Admins {
		if !slackID.MatchString(a) {
			add("PACELINE_ADMINS holds %q: use user ids such as U0123456789, with commas; Slack shows them under Profile, Copy member ID", a)
		}
	}
	p = append(p, c.nameProblems()...)
	var level slog.Level
	if level.UnmarshalText([]byte(c.LogLevel)) != nil {
		add("PACELINE_LOG_LEVEL is %q: use debug, info, warn or error", c.LogLevel)
	}
	if c.LogFormat != "text" && c.LogFormat != "json" {
		add("PACELINE_LOG_FORMAT is %q: use text or json", c.LogFormat)
	}
	return p
}

// storeProblem says what is wrong with the name of a store. It does not repeat what stands behind the colon,
// which may be secret for some engine.
func storeProblem(spec string) string {
	kind, rest, ok := strings.Cut(spec, ":")
	if ok && (kind == "bolt" && rest != "" || kind == "mem" && rest == "") {
		return ""
	}
	return fmt.Sprintf("begins with %q: use bolt:FILE, such as bolt:paceline.db, or mem: to forget everything on exit", kind)
}

// nameProblems says what is wrong with the names of the slash commands.
func (c config) nameProblems() (p []string) {
	add := func(format string, args ...any) { p = append(p, fmt.Sprintf(format, args...)) }
	names := append([]string{c.Command}, c.Short...)
	for i, n := range names {
		if !commandName.MatchString(n) {
			add("%q is not a name for a slash command: use / and up to 31 lower-case letters, digits, - or _", n)
		} else if slices.Contains(names[:i], n) {
			add("the slash command %s is named twice: PACELINE_COMMAND and both of PACELINE_SHORT must differ", n)
		}
	}
	if len(c.Short) != 2 {
		add("PACELINE_SHORT names %d commands: it takes two, to log and to see the budget, such as /sent,/budget", len(c.Short))
	}
	return p
}

// names are the slash commands. Only for a configuration without problems.
func (c config) names() look.Names {
	if len(c.Short) != 2 || c.Command == "" {
		return commands.DefaultNames()
	}
	return look.Names{Main: c.Command, Sent: c.Short[0], Budget: c.Short[1]}
}

// logger makes the log that the configuration asks for.
func (c config) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	if level.UnmarshalText([]byte(c.LogLevel)) != nil {
		level = slog.LevelInfo
	}
	o := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

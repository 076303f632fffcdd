package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/look"
)

// botScopes are what the app cannot do without; each has its reason.
var botScopes = []string{
	"chat:write", // the log card in the direct message
	"commands",   // slash commands and the shortcut
	"im:history", // logging by direct message
	"users:read", // names, time zones, who is an admin
}

// optionalScopes are what the app does better with. Whoever installs it may leave them out.
var optionalScopes = []string{
	"channels:history", // whether a digest whose answer was lost stands in its channel; without it such a one waits for a person
	"channels:read",    // whether another company reads the channel: then, and without the scope, its digest names nobody
	"groups:history",   // the same for private channels
	"groups:read",
}

// botEvents are what Slack tells the app of.
var botEvents = []string{"app_home_opened", "message.im", "user_change"}

// logShortcutWhat describes the shortcut that opens the form.
const logShortcutWhat = "Log invites you have just sent"

// manifest makes the manifest of the Slack app. With an address it is for signed HTTP, otherwise for Socket
// Mode. The shape is Slack's: https://docs.slack.dev/reference/app-manifest.
func manifest(names look.Names, address string) ([]byte, error) {
	type object = map[string]any
	at := func(path string) string { return strings.TrimSuffix(address, "/") + path }
	with := func(o object, key, path string) object {
		if address != "" {
			o[key] = at(path)
		}
		return o
	}
	var slash []object
	for _, c := range commands.SlashCommands(names) {
		slash = append(slash, with(object{
			"command": c.Command, "description": c.Description, "usage_hint": c.Hint, "should_escape": true,
		}, "url", "/slack/commands"))
	}
	m := object{
		"display_information": object{
			"name": "Paceline", "background_color": "#1d4d4f",
			"description": "Keeps your team's LinkedIn invites inside a weekly budget. Never touches LinkedIn.",
		},
		"features": object{
			"app_home":       object{"home_tab_enabled": true, "messages_tab_enabled": true, "messages_tab_read_only_enabled": false},
			"bot_user":       object{"display_name": "paceline", "always_online": true},
			"slash_commands": slash,
			"shortcuts": []object{{
				"name": commands.LogShortcutName, "type": "global", "callback_id": commands.LogShortcut, "description": logShortcutWhat,
			}},
		},
		"oauth_config": object{"scopes": object{"bot": botScopes, "bot_optional": optionalScopes}},
		"settings": object{
			"event_subscriptions":    with(object{"bot_events": botEvents}, "request_url", "/slack/events"),
			"interactivity":          with(object{"is_enabled": true}, "request_url", "/slack/interactions"),
			"org_deploy_enabled":     false,
			"socket_mode_enabled":    address == "",
			"token_rotation_enabled": false,
		},
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	return out.Bytes(), nil
}

// createLink opens Slack's page for a new app with the manifest filled in.
func createLink(manifest []byte) (string, error) {
	var short bytes.Buffer
	if err := json.Compact(&short, manifest); err != nil {
		return "", fmt.Errorf("manifest: %w", err)
	}
	return "https://api.slack.com/apps?new_app=1&manifest_json=" + url.QueryEscape(short.String()), nil
}

// printManifest prints the manifest, or the link that opens it.
func printManifest(args []string, out, errOut io.Writer) error {
	f := flag.NewFlagSet("manifest", flag.ContinueOnError)
	address := f.String("http", "", "for signed HTTP: the public address of the bot, such as https://paceline.example.com")
	main := f.String("command", commands.DefaultNames().Main, "name of the main command")
	short := f.String("short", commands.DefaultNames().Sent+","+commands.DefaultNames().Budget, "names of the two short commands, to log and to see the budget")
	link := f.Bool("link", false, "print a link that opens Slack's page for a new app, filled in")
	if err := parse(f, args, errOut); err != nil {
		return err
	}
	c := config{Command: slashed(*main)}
	for _, s := range strings.Split(*short, ",") {
		c.Short = append(c.Short, slashed(s))
	}
	p := misuse(c.nameProblems())
	if u, err := url.Parse(*address); *address != "" && (err != nil || u.Scheme != "https" || u.Host == "") {
		p = append(p, fmt.Sprintf("-http is %q: Slack wants a public https address, such as https://paceline.example.com", *address))
	}
	if len(p) > 0 {
		return p
	}
	m, err := manifest(c.names(), *address)
	if err != nil {
		return err
	}
	if *link {
		l, err := createLink(m)
		if err != nil {
			return err
		}
		m = []byte(l + "\n")
	}
	if _, err = out.Write(m); err != nil {
		return err
	}
	if own := c.names(); own != commands.DefaultNames() {
		fmt.Fprintf(errOut, "Start the bot with PACELINE_COMMAND=%s PACELINE_SHORT=%s\n", own.Main, strings.Join(c.Short, ","))
	}
	return nil
}

func slashed(name string) string { return "/" + strings.TrimPrefix(strings.TrimSpace(name), "/") }

// missingScopes returns what of botScopes is not among those granted.
func missingScopes(granted []string) (missing []string) {
	for _, s := range botScopes {
		if !slices.Contains(granted, s) {
			missing = append(missing, s)
		}
	}
	return missing
}
